namespace AutoDiff;

/// <summary>A user-stated derivative of y = f(x₁ … xₙ), as graph-building functions.</summary>
/// <remarks>Equal by reference. One of the two rules is enough: each is the transpose of the other.</remarks>
public sealed class CustomRule
{
    private CustomRule(string name) => Name = name;

    /// <summary>The name shown by printed graphs and errors.</summary>
    public string Name { get; }

    /// <summary>(x, y, cotangent of y) → cotangents of x; null where the rule was stated forward.</summary>
    public Func<Tensor[], Tensor, Tensor, Tensor[]>? Pullback { get; private init; }

    /// <summary>(x, y, tangents of x) → tangent of y; null where the rule was stated in reverse.</summary>
    public Func<Tensor[], Tensor, Tensor[], Tensor>? Pushforward { get; private init; }

    /// <summary>A rule stated in reverse.</summary>
    public static CustomRule Reverse(string name, Func<Tensor[], Tensor, Tensor, Tensor[]> pullback) => new(name) { Pullback = pullback };

    /// <summary>A rule stated forward.</summary>
    public static CustomRule Forward(string name, Func<Tensor[], Tensor, Tensor[], Tensor> pushforward) => new(name) { Pushforward = pushforward };
}
