using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A tensor computed by an op from its arguments; the shape is checked when the node is built.</summary>
public sealed partial record Apply : Tensor
{
    private readonly Tensor[] _arguments;

    private Apply(Op op, Tensor[] arguments)
        : base(ShapeRules.Infer(op, arguments))
    {
        Op = op;
        _arguments = arguments;
        foreach (var argument in arguments)
        {
            if (argument.NotesOrigin)
            {
                Origin = Origin.Capture();
                break;
            }
        }
    }

    /// <summary>What the node computes.</summary>
    public Op Op { get; }

    /// <summary>What it computes it from, in the op's order.</summary>
    public ReadOnlySpan<Tensor> Arguments => _arguments;

    /// <summary>Where the node was built; null unless its inputs are traced.</summary>
    public Origin? Origin { get; }

    internal override bool NotesOrigin => Origin is not null;

    /// <summary>A new node.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit the op.</exception>
    internal static Apply Of(Op op, params Tensor[] arguments) => new(op, arguments);

    /// <summary>Equality by reference.</summary>
    public bool Equals(Apply? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
