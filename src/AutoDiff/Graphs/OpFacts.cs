namespace AutoDiff;

/// <summary>What is known of an op besides its rules: a row for each, which all side lists read; elementwise functions have theirs from their own row.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Least">The fewest arguments that it takes.</param>
/// <param name="Most">The most.</param>
/// <param name="Differentiable">The arguments in which it has a derivative.</param>
/// <param name="Arrangement">How the result lies in the first argument.</param>
internal sealed record OpFacts(OpKind Kind, int Least, int Most, Arguments Differentiable, Arrangement Arrangement)
{
    private const int Any = int.MaxValue;

    public static readonly OpFacts Ordered = new(OpKind.Map, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Select = new(OpKind.Select, 3, 3, Arguments.AllButFirst, Arrangement.Computed);
    public static readonly OpFacts Reduce = new(OpKind.Reduction, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts ArgMax = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts CumulativeSum = new(OpKind.Sums, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts MatMul = new(OpKind.Product, 2, 2, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Reshape = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Reshaped);
    public static readonly OpFacts Transpose = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Whole);
    public static readonly OpFacts Broadcast = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Whole);
    public static readonly OpFacts Slice = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Part);
    public static readonly OpFacts Pad = new(OpKind.Pad, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Concatenate = new(OpKind.Moves, 1, Any, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Flip = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Whole);
    public static readonly OpFacts Gather = new(OpKind.Moves, 2, 2, Arguments.First, Arrangement.Computed);
    public static readonly OpFacts ScatterAdd = new(OpKind.Sums, 2, 2, Arguments.First, Arrangement.Computed);
    public static readonly OpFacts Windows = new(OpKind.Moves, 1, 1, Arguments.All, Arrangement.Part);
    public static readonly OpFacts OverlapAdd = new(OpKind.Sums, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts ArgSort = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts SearchSorted = new(OpKind.Position, 2, 2, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts CumulativeArgMax = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts LastPicks = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts SetSlice = new(OpKind.Moves, 2, 2, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts AddSlice = new(OpKind.Sums, 2, 2, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Draw = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts Gamma = new(OpKind.Position, 2, 2, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts SplitKey = new(OpKind.Position, 1, 1, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts FoldIn = new(OpKind.Position, 2, 2, Arguments.None, Arrangement.Computed);
    public static readonly OpFacts Fft = new(OpKind.Sums, 1, 1, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts Barrier = new(OpKind.Barrier, 1, Any, Arguments.First, Arrangement.Same);
    public static readonly OpFacts Custom = new(OpKind.Rule, 1, Any, Arguments.AllButFirst, Arrangement.Same);
    public static readonly OpFacts Callback = new(OpKind.Callback, 1, Any, Arguments.All, Arrangement.Computed);

    public static readonly OpFacts Scan = new(OpKind.Control, 1, Any, Arguments.All, Arrangement.Computed);
    public static readonly OpFacts While = new(OpKind.Control, 1, Any, Arguments.AllButFirst, Arrangement.Computed);
    public static readonly OpFacts Cond = new(OpKind.Control, 1, Any, Arguments.AllButFirst, Arrangement.Computed);

    /// <summary>Whether the result's element at a position depends on the arguments' elements at that position only, all of one shape.</summary>
    public bool IsElementwise => Kind is OpKind.Map or OpKind.Zip or OpKind.Select;

    /// <summary>Whether only the first argument's values are in the result.</summary>
    public bool IsMadeOfFirst => Kind is OpKind.Barrier or OpKind.Rule;

    /// <summary>Whether the result can vary with its argument at a position and have a derivative there.</summary>
    public bool Reaches(int argument) =>
        Differentiable switch
        {
            Arguments.None => false,
            Arguments.First => argument == 0,
            Arguments.AllButFirst => argument > 0,
            Arguments.All => true,
        };
}

/// <summary>What an op does: ops of one kind have one row in the tables where that is all that matters.</summary>
internal enum OpKind
{
    /// <summary>An elementwise function of one argument: see <see cref="Unaries"/>.</summary>
    Map,

    /// <summary>An elementwise function of two arguments: see <see cref="Binaries"/>.</summary>
    Zip,

    /// <summary>An elementwise choice by the first argument between the others.</summary>
    Select,

    /// <summary>A reduction: see <see cref="Reductions"/>.</summary>
    Reduction,

    /// <summary>Positions of elements, or what keys give: a derivative is asked of nobody.</summary>
    Position,

    /// <summary>Sums of products of two arguments: linear in each.</summary>
    Product,

    /// <summary>A function of whole matrices: see <see cref="MatrixFunctions"/>.</summary>
    Matrix,

    /// <summary>Each element of the result is an element of a differentiable argument: linear in all of these together, and nothing is rounded.</summary>
    Moves,

    /// <summary>The argument's elements among others that the op gives: linear where these are 0.</summary>
    Pad,

    /// <summary>Each element of the result is a sum of elements of the differentiable arguments: linear in all of these together.</summary>
    Sums,

    /// <summary>The first argument, once the others are known.</summary>
    Barrier,

    /// <summary>The first argument, with a user's derivative in the others.</summary>
    Rule,

    /// <summary>A host function's value, whose derivative is not known.</summary>
    Callback,

    /// <summary>What its bodies make of the arguments: each interpretation looks into them.</summary>
    Control,
}

/// <summary>Some of an op's arguments.</summary>
internal enum Arguments
{
    /// <summary>None.</summary>
    None,

    /// <summary>The first.</summary>
    First,

    /// <summary>All but the first.</summary>
    AllButFirst,

    /// <summary>All.</summary>
    All,
}

/// <summary>How a result lies in its op's first argument.</summary>
internal enum Arrangement
{
    /// <summary>It does not: it takes computing, or copying.</summary>
    Computed,

    /// <summary>It is the argument.</summary>
    Same,

    /// <summary>Its elements are the argument's in the same order, under another shape.</summary>
    Reshaped,

    /// <summary>Its elements are all of the argument's, in another order or repeated.</summary>
    Whole,

    /// <summary>Its elements are some of the argument's.</summary>
    Part,
}
