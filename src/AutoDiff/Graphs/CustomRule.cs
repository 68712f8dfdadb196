namespace AutoDiff;

/// <summary>A user-stated derivative of y = f(x₁ … xₙ), as graph-building functions.</summary>
/// <remarks>Equal by reference. One of the two rules is enough: each is the transpose of the other.</remarks>
public sealed class CustomRule
{
    private CustomRule(string name, IReadOnlyList<Tensor> inner) => (Name, Inner) = (name, inner);

    /// <summary>The name shown by printed graphs and errors.</summary>
    public string Name { get; }

    /// <summary>The nodes that stand for the arguments inside f's own graph: what that graph reaches past them is not covered by the rule.</summary>
    internal IReadOnlyList<Tensor> Inner { get; }

    /// <summary>(x, y, cotangent of y) → cotangents of x; null where the rule was stated forward.</summary>
    public Func<Tensor[], Tensor, Tensor, Tensor[]>? Pullback { get; private init; }

    /// <summary>(x, y, tangents of x) → tangent of y; null where the rule was stated in reverse.</summary>
    public Func<Tensor[], Tensor, Tensor[], Tensor>? Pushforward { get; private init; }

    /// <summary>Whether the rule is known to be linear, so that it need not be looked at.</summary>
    internal bool IsChecked { get; private init; }

    /// <summary>The operation that states such a rule, as errors name it.</summary>
    internal string Operation => Pullback is null ? "CustomJvp" : "CustomVjp";

    internal static CustomRule FromPullback(
        string name,
        IReadOnlyList<Tensor> inner,
        Func<Tensor[], Tensor, Tensor, Tensor[]> pullback,
        bool isChecked = false
    ) => new(name, inner) { Pullback = pullback, IsChecked = isChecked };

    internal static CustomRule FromPushforward(
        string name,
        IReadOnlyList<Tensor> inner,
        Func<Tensor[], Tensor, Tensor[], Tensor> pushforward
    ) => new(name, inner) { Pushforward = pushforward };
}
