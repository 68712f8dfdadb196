using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators;

/// <summary>Questions about lambdas.</summary>
internal static class Lambdas
{
    /// <summary>The call that a lambda is written as an argument of; null where it is used otherwise.</summary>
    public static IInvocationOperation? Receiver(IAnonymousFunctionOperation function)
    {
        var given = function.Parent;
        while (given is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            given = given.Parent;
        return given is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }
}
