using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A tensor computed by an op from its arguments; the shape is checked when the node is built.</summary>
/// <remarks>
/// One that depends on constants only is a thunk: asked for its value it is from then on the identity of that constant, and what it was computed from can be
/// collected. While something is being differentiated through it, it keeps its op and arguments as well.
/// </remarks>
public sealed partial record Apply : Tensor
{
    private readonly Op _op;
    private Tensor[] _arguments;
    private Memo? _memo;

    private Apply(Op op, Tensor[] arguments, Shape shape)
        : base(shape) => (_op, _arguments) = (op, arguments);

    private Apply(Op op, Tensor[] arguments)
        : this(op, arguments, ShapeRules.Infer(op, arguments))
    {
        foreach (var argument in arguments)
        {
            if (argument.NotesOrigin)
            {
                Origin = Origin.Capture();
                break;
            }
        }
    }

    /// <summary>What the node computes; the identity once it has let go of its graph.</summary>
    public Op Op
    {
        get
        {
            Definition(out var op);
            return op;
        }
    }

    /// <summary>What it computes it from, in the op's order; its value once it has let go of its graph.</summary>
    public ReadOnlySpan<Tensor> Arguments => Volatile.Read(ref _arguments);

    /// <summary>Where the node was built; null unless its inputs are traced.</summary>
    public Origin? Origin { get; private init; }

    internal override bool NotesOrigin => Origin is not null;

    /// <summary>The node's value where it is known.</summary>
    internal Constant? Value => Volatile.Read(ref _memo)?.Value;

    /// <summary>Whether the value was computed before on the way to another, and not kept.</summary>
    internal bool WasPassed => ReferenceEquals(Volatile.Read(ref _memo), Memo.Passed);

    /// <summary>The derivatives still to be taken for which a node of known value keeps its graph.</summary>
    internal IEnumerable<Hold> Holds => Volatile.Read(ref _memo)?.Holds ?? [];

    /// <summary>A new node.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit the op.</exception>
    internal static Apply Of(Op op, params Tensor[] arguments) => new(op, arguments);

    /// <summary>Op and arguments as they are at one moment: another thread may be computing the node.</summary>
    internal Tensor[] Definition(out Op op)
    {
        // Arguments are replaced after the memo is written, so whoever reads the new ones first sees the memo they are from.
        var arguments = Volatile.Read(ref _arguments);
        op = ReferenceEquals(arguments, Volatile.Read(ref _memo)?.Arguments) ? Ops.IdentityOp : _op;
        return arguments;
    }

    /// <summary>What the node was when it had these arguments, as a node that nobody else computes; its value where it had none.</summary>
    internal Tensor Frozen(Tensor[] arguments)
    {
        if (arguments.Length == 0)
            return Value!;
        var op = ReferenceEquals(arguments, Volatile.Read(ref _memo)?.Arguments) ? Ops.IdentityOp : _op;
        return new Apply(op, arguments, Shape) { Origin = Origin };
    }

    /// <summary>Says that the value was computed on the way to another, and not kept.</summary>
    internal void Pass() => Interlocked.CompareExchange(ref _memo, Memo.Passed, null);

    /// <summary>Gives the node its value, unless it has one: of several threads that compute it the first one's is everybody's.</summary>
    internal Constant Settle(Constant value, Hold[] holds)
    {
        var memo = Memo.Of(value, holds);
        var before = Volatile.Read(ref _memo);
        while (before?.Value is null)
        {
            var found = Interlocked.CompareExchange(ref _memo, memo, before);
            before = ReferenceEquals(found, before) ? memo : found;
        }
        LetGo();
        return before.Value;
    }

    /// <summary>Lets go of the graph where the value is known and nothing is differentiated through the node.</summary>
    internal void LetGo()
    {
        if (Volatile.Read(ref _memo) is { Arguments: { } arguments, IsHeld: false } && !ReferenceEquals(_arguments, arguments))
            Volatile.Write(ref _arguments, arguments);
    }

    /// <summary>Equality by reference.</summary>
    public bool Equals(Apply? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
