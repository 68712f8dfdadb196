using System.Reflection;
using System.Runtime.CompilerServices;

namespace AutoDiff.Tests.House;

/// <summary>F# sees no <c>params</c> spans: whatever takes one takes an array too.</summary>
public sealed class PlainOverloadTests
{
    [Fact]
    public void What_takes_a_span_of_parameters_takes_an_array()
    {
        var methods = typeof(Tensor).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).ToList();
        var spans = methods.Where(method => method.GetParameters() is [.., var last] && last.IsDefined(typeof(ParamCollectionAttribute)));
        Assert.True(spans.Count() > 20);
        Assert.DoesNotContain(spans, span => !methods.Exists(plain => IsPlain(plain, span)));
    }

    private static bool IsPlain(MethodInfo plain, MethodInfo span)
    {
        var (parameters, others) = (plain.GetParameters(), span.GetParameters());
        return plain.DeclaringType == span.DeclaringType
            && string.Equals(plain.Name, span.Name, StringComparison.Ordinal)
            && parameters.Length == others.Length
            && parameters[^1].IsDefined(typeof(ParamArrayAttribute))
            && parameters.SkipLast(1).Zip(others).All(pair => Alike(pair.First.ParameterType, pair.Second.ParameterType));
    }

    // Tensor.Of takes its values, too, as a span or an array.
    private static bool Alike(Type plain, Type other) => plain == other || (plain.IsArray && other.IsByRefLike);
}
