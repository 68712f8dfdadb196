using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>An activation by its usual name, as a layer without parameters: <c>Activation.Relu</c>. <see cref="PRelu"/> and <see cref="RRelu"/> are layers of their own.</summary>
/// <remarks>Formulas, defaults and the derivative where there is a kink are PyTorch 1.13's. Two of one name and setting are equal.</remarks>
public sealed partial record Activation : Layer
{
    private readonly Func<Tensor, Tensor> _function;

    private Activation(string name, Func<Tensor, Tensor> function) => (Name, _function) = (name, function);

    /// <summary>What it is called, with its setting.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    protected internal override string Title => Name;

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Checks.Example(x, Name);
        return _function(x);
    }

    /// <inheritdoc/>
    public bool Equals(Activation? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Activation Of(string name, double setting, bool valid, string expected, Func<Tensor, Tensor> function)
    {
        Require.That(valid, $"[{name}] got {setting}; expected {expected}");
        return new(FormattableString.Invariant($"{name}({setting})"), function);
    }
}
