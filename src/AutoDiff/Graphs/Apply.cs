using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A tensor computed by an op from its arguments; the shape is checked when the node is built.</summary>
/// <remarks>
/// One that depends on constants only is a thunk: asked for its value it is from then on the identity of that constant, and what it was computed from can be
/// collected. While something is being differentiated through it, it keeps its op and arguments as well.
/// </remarks>
public sealed partial record Apply : Tensor
{
    private Op _op;
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

    /// <summary>How often the value was computed on the way to another, and not kept: 0, 1, or 2 for more.</summary>
    internal int Passes =>
        Volatile.Read(ref _memo) is not { Value: null } passed ? 0
        : ReferenceEquals(passed, Memo.Passed) ? 1
        : 2;

    /// <summary>The derivatives still to be taken for which a node of known value keeps its graph.</summary>
    internal IEnumerable<Hold> Holds => Volatile.Read(ref _memo)?.Holds ?? [];

    /// <summary>A new node.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit the op.</exception>
    internal static Apply Of(Op op, params Tensor[] arguments) => new(op, arguments);

    /// <summary>Op and arguments as they are at one moment: another thread may be computing the node.</summary>
    internal Tensor[] Definition(out Op op)
    {
        // Written are the memo, the arguments, the op; read in the opposite order, what is new comes with all that was written before it.
        op = Volatile.Read(ref _op);
        var arguments = Volatile.Read(ref _arguments);
        if (ReferenceEquals(arguments, Volatile.Read(ref _memo)?.Arguments))
            op = Ops.IdentityOp;
        return arguments;
    }

    /// <summary>Its value where that is known, else the node with these arguments, which were its own, as one that nobody else computes.</summary>
    internal Tensor Frozen(Tensor[] arguments)
    {
        // Read first: as long as there is no value, it is the op of these arguments.
        var op = Volatile.Read(ref _op);
        return Value ?? (Tensor)new Apply(op, arguments, Shape) { Origin = Origin };
    }

    /// <summary>The node with other arguments of the same shapes.</summary>
    internal Apply With(Tensor[] arguments) => new(Op, arguments, Shape) { Origin = Origin };

    /// <summary>Says that the value was computed on the way to another, and not kept.</summary>
    internal void Pass()
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _memo, Memo.Passed, null), Memo.Passed))
            Interlocked.CompareExchange(ref _memo, Memo.PassedTwice, Memo.Passed);
    }

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
        foreach (var hold in holds)
            hold.Add(this);
        LetGo();
        return before.Value;
    }

    /// <summary>Lets go of the graph where the value is known and nothing is differentiated through the node.</summary>
    internal void LetGo()
    {
        if (Volatile.Read(ref _memo) is not { Arguments: { } arguments, IsHeld: false })
            return;
        Volatile.Write(ref _arguments, arguments);
        Volatile.Write(ref _op, Ops.IdentityOp); // a custom rule's closures are graph as well
    }

    /// <summary>Equality by reference.</summary>
    public bool Equals(Apply? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
