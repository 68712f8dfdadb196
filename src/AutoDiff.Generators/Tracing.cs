using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators;

/// <summary>Finds where a function that runs without values asks for one.</summary>
internal static class Tracing
{
    /// <summary>The method that runs the function around the call without values, where the call asks for a value of the function's parameter; else null.</summary>
    public static IMethodSymbol? Of(IInvocationOperation call, Library library)
    {
        if (
            call
                is not {
                    TargetMethod: { Name: "Item" or "ToArray" or "ToMatrix" or "ToTensor", Parameters.Length: 0 },
                    Instance: { } value
                }
            || !library.IsTensor(value.Type)
        )
            return null;
        for (var around = call.Parent; around is not null; around = around.Parent)
        {
            if (
                around is IAnonymousFunctionOperation function
                && Tracer(function, library) is { } tracer
                && Depends(value, function, library)
            )
                return tracer;
        }
        return null;
    }

    /// <summary>The tracing method that a lambda is written as an argument of.</summary>
    private static IMethodSymbol? Tracer(IAnonymousFunctionOperation function, Library library) =>
        Lambdas.Receiver(function)?.TargetMethod is { } method && library.Traces(method) ? method : null;

    /// <summary>Whether a tensor is made of the function's parameters, as far as its own expression and the locals in it show.</summary>
    private static bool Depends(IOperation value, IAnonymousFunctionOperation function, Library library) =>
        value switch
        {
            IParameterReferenceOperation reference => function.Symbol.Parameters.Contains(
                reference.Parameter,
                SymbolEqualityComparer.Default
            ),
            ILocalReferenceOperation reference => Initializer(reference, function) is { } initial && Depends(initial, function, library),
            IMemberReferenceOperation { Instance: { } owner } => library.IsTree(owner.Type)
                && library.IsTree(value.Type)
                && Depends(owner, function, library),
            IInvocationOperation call => library.IsTree(call.Type)
                && call.Arguments.Select(argument => argument.Value)
                    .Append(call.Instance)
                    .Any(part => part is not null && library.IsTree(part.Type) && Depends(part, function, library)),
            IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation => value.ChildOperations.Any(part =>
                Depends(part, function, library)
            ),
            _ => false,
        };

    private static IOperation? Initializer(ILocalReferenceOperation reference, IAnonymousFunctionOperation function) =>
        function
            .Body.Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local))
            ?.GetVariableInitializer()
            ?.Value;
}
