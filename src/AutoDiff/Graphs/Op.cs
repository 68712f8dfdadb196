using System.Globalization;

namespace AutoDiff;

/// <summary>What an <see cref="Apply"/> node computes; equal by value. The hierarchy is closed: elementwise ops are enum members, the rest are nested here.</summary>
public abstract partial record Op
{
    private Op() { }

    /// <summary>The op's name, as errors and printed graphs give it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The op with its parameters, as printed graphs give it.</summary>
    internal virtual string Text => Printed(ToString());

    /// <summary>What is known of the op.</summary>
    internal abstract OpFacts Facts { get; }

    /// <summary>The subgraphs that the op computes, with their names.</summary>
    internal virtual IReadOnlyList<(string Name, Body Body)> Bodies => [];

    /// <summary>Whether the result is its first argument's elements in the same order.</summary>
    internal bool Renames => Facts.Arrangement is Arrangement.Same or Arrangement.Reshaped;

    /// <summary>Whether the result is its first argument's elements, some of them perhaps repeated or left out, so that it takes no computing.</summary>
    internal bool Rearranges => Facts.Arrangement != Arrangement.Computed;

    /// <summary>Whether an op's result can vary with its argument at a position and have a derivative there.</summary>
    internal static bool Reaches(Op op, int argument) => op.Facts.Reaches(argument);

    /// <summary>The op's row of a table.</summary>
    internal abstract TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at)
        where TContext : allows ref struct;

    // A record's printing begins with its own name again.
    private string Printed(string record) =>
        record
            .Replace($" {{ Name = {Name} }}", "", StringComparison.Ordinal)
            .Replace($"Name = {Name}, ", "", StringComparison.Ordinal)
            .Replace(" { ", "(", StringComparison.Ordinal)
            .Replace(" }", ")", StringComparison.Ordinal);

    /// <summary>An elementwise function of one argument.</summary>
    public sealed record Map(Unary Function) : Op
    {
        /// <inheritdoc/>
        public override string Name => Function.ToString();

        internal override OpFacts Facts => Unaries.Of(Function).Facts;

        internal override string Text => Name;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>An elementwise function of one argument that one of a sequence of functions is, by its <paramref name="Order"/>.</summary>
    public sealed record Ordered(Sequence Function, int Order) : Op
    {
        /// <summary>The largest order.</summary>
        public const int Most = 100;

        /// <inheritdoc/>
        public override string Name => Function.ToString();

        internal override OpFacts Facts => OpFacts.Ordered;

        internal override string Text => Order == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} of order {Order}");

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>An elementwise function of two arguments of equal shape.</summary>
    public sealed record Zip(Binary Function) : Op
    {
        /// <inheritdoc/>
        public override string Name => Function.ToString();

        internal override OpFacts Facts => Binaries.Of(Function).Facts;

        internal override string Text => Name;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Elementwise choice: arguments (condition, whenTrue, whenFalse) of equal shape; whenTrue where the condition is not 0.</summary>
    public sealed record Select : Op
    {
        internal override OpFacts Facts => OpFacts.Select;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>A reduction over <paramref name="Axes"/> (ascending), which the result no longer has.</summary>
    public sealed record Reduce(Reduction Kind, Ints Axes) : Op
    {
        /// <inheritdoc/>
        public override string Name => Kind.ToString();

        internal override OpFacts Facts => OpFacts.Reduce;

        internal override string Text => $"{Name} over {Axes}";

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The position along <paramref name="Axis"/> of the largest element, the first of equals; the result lacks the axis.</summary>
    public sealed record ArgMax(int Axis) : Op
    {
        internal override OpFacts Facts => OpFacts.ArgMax;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Running sums along <paramref name="Axis"/>, from the end when <paramref name="Reverse"/>.</summary>
    public sealed record CumulativeSum(int Axis, bool Reverse) : Op
    {
        internal override OpFacts Facts => OpFacts.CumulativeSum;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Matrix product of [batch…, m, k] and [batch…, k, n] with equal batch axes.</summary>
    public sealed record MatMul : Op
    {
        internal override OpFacts Facts => OpFacts.MatMul;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>A function of whole matrices [batch…, rows, columns] with equal batch axes.</summary>
    public sealed record Matrix(MatrixFunction Function) : Op
    {
        /// <inheritdoc/>
        public override string Name => Function.ToString();

        internal override OpFacts Facts => MatrixFunctions.Of(Function).Facts;

        internal override string Text => Name;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The same elements in row-major order under another shape of the same size.</summary>
    public sealed record Reshape(Shape To) : Op
    {
        internal override OpFacts Facts => OpFacts.Reshape;

        internal override string Text => Name; // the shape is printed behind it

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Axis i of the result is axis <c>Permutation[i]</c> of the argument.</summary>
    public sealed record Transpose(Ints Permutation) : Op
    {
        internal override OpFacts Facts => OpFacts.Transpose;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>NumPy broadcasting to <paramref name="To"/>: aligned at the last axis, lengths of 1 repeated.</summary>
    public sealed record Broadcast(Shape To) : Op
    {
        internal override OpFacts Facts => OpFacts.Broadcast;

        internal override string Text => Name; // the shape is printed behind it

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Along each axis i the elements <c>Start[i] + j·Step[i]</c>, j in 0 … <c>Length[i]</c> − 1; steps are positive.</summary>
    public sealed record Slice(Ints Start, Ints Length, Ints Step) : Op
    {
        internal override OpFacts Facts => OpFacts.Slice;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Along each axis: <c>Low</c> fill elements, the argument with <c>Interior</c> fill elements between neighbours, <c>High</c> fill elements.</summary>
    public sealed record Pad(Ints Low, Ints High, Ints Interior, double Value) : Op
    {
        /// <summary>Equality with the fill value by its bits, so that 0 and −0 differ and NaN equals itself.</summary>
        public bool Equals(Pad? other) =>
            other is not null
            && Low.Equals(other.Low)
            && High.Equals(other.High)
            && Interior.Equals(other.Interior)
            && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Low, High, Interior, BitConverter.DoubleToInt64Bits(Value));

        internal override OpFacts Facts => OpFacts.Pad;

        internal override string Text =>
            string.Create(CultureInfo.InvariantCulture, $"Pad(Low = {Low}, High = {High}, Interior = {Interior}, Value = {Value})");

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The arguments, one after another along <paramref name="Axis"/>.</summary>
    public sealed record Concatenate(int Axis) : Op
    {
        internal override OpFacts Facts => OpFacts.Concatenate;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The elements in reverse order along <paramref name="Axes"/>.</summary>
    public sealed record Flip(Ints Axes) : Op
    {
        internal override OpFacts Facts => OpFacts.Flip;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (x [batch…, length, rest…], indices [batch…, picks…]), <paramref name="BatchRank"/> leading axes shared: [batch…, picks…, rest…].</summary>
    public sealed record Gather(int BatchRank) : Op
    {
        internal override OpFacts Facts => OpFacts.Gather;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (updates [batch…, picks…, rest…], indices [batch…, picks…]): zeros [batch…, <paramref name="Length"/>, rest…] with each update added at its index.</summary>
    public sealed record ScatterAdd(int BatchRank, int Length) : Op
    {
        internal override OpFacts Facts => OpFacts.ScatterAdd;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Sliding windows: <paramref name="Axis"/> becomes the window's position, and a last axis of <paramref name="Size"/> elements, <paramref name="Dilation"/> apart, is added.</summary>
    public sealed record Windows(int Axis, int Size, int Stride, int Dilation) : Op
    {
        internal override OpFacts Facts => OpFacts.Windows;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The transpose of <see cref="Windows"/>: the last axis is added back into <paramref name="Axis"/>, which gets <paramref name="Length"/> elements.</summary>
    public sealed record OverlapAdd(int Axis, int Length, int Stride, int Dilation) : Op
    {
        internal override OpFacts Facts => OpFacts.OverlapAdd;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Random numbers of keys [batch…, 8]: [batch…, <paramref name="To"/>…], by the distribution and its two parameters.</summary>
    public sealed record Draw(Distribution Kind, Shape To, double First, double Second) : Op
    {
        /// <inheritdoc/>
        public override string Name => Kind.ToString();

        internal override OpFacts Facts => OpFacts.Draw;

        internal override string Text => string.Create(CultureInfo.InvariantCulture, $"{Name}({First}, {Second})");

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (keys [batch…, 8], concentrations [batch…, rest…]): gamma-distributed numbers of the concentrations' shape.</summary>
    public sealed record Gamma : Op
    {
        internal override OpFacts Facts => OpFacts.Gamma;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The first <paramref name="Count"/> children of keys [batch…, 8]: [batch…, Count, 8].</summary>
    public sealed record SplitKey(int Count) : Op
    {
        internal override OpFacts Facts => OpFacts.SplitKey;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (keys [batch…, 8], numbers [batch…, 4] in words of sixteen bits, the lowest first): the keys' children of the numbers.</summary>
    public sealed record FoldIn : Op
    {
        internal override OpFacts Facts => OpFacts.FoldIn;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The discrete Fourier transform of [batch…, 2, n], real parts before imaginary ones: y_k = Σⱼ xⱼ e^(∓2πi jk ⁄ n), the exponent positive when <paramref name="Inverse"/>; not divided by n.</summary>
    public sealed record Fft(bool Inverse) : Op
    {
        internal override OpFacts Facts => OpFacts.Fft;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The first argument, once all others are known; never merged with another node. <paramref name="Token"/> is its identity.</summary>
    public sealed record Barrier(object Token) : Op
    {
        internal override OpFacts Facts => OpFacts.Barrier;

        internal override string Text => Name;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>A loop of known length: arguments (invariants…, initial carries…, stacked…), each stacked one [length, …]; one vector of the last carries and the stacked results.</summary>
    public sealed record Scan(Loop Loop) : Op
    {
        internal override OpFacts Facts => OpFacts.Scan;

        internal override string Text => $"Scan of {Loop.Length} steps{(Loop.Reverse ? ", from the last" : "")}";

        internal override IReadOnlyList<(string Name, Body Body)> Bodies => [("step", Loop.Body)];

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>A loop that ends by a condition: arguments (whether there is a step, a scalar, 0 for no; invariants…, initial carries…); one vector of the last carries.</summary>
    public sealed record While(WhileLoop Loop) : Op
    {
        internal override OpFacts Facts => OpFacts.While;

        internal override string Text => Name;

        internal override IReadOnlyList<(string Name, Body Body)> Bodies => [("step", Loop.Body)];

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>One of two subgraphs: arguments (predicate, a scalar, not 0 for the first; what the branches read…); one vector of the outputs of the branch that is taken, which alone is computed.</summary>
    public sealed record Cond(Branches Branches) : Op
    {
        internal override OpFacts Facts => OpFacts.Cond;

        internal override string Text => Name;

        internal override IReadOnlyList<(string Name, Body Body)> Bodies =>
            [(nameof(Branches.WhenTrue), Branches.WhenTrue), (nameof(Branches.WhenFalse), Branches.WhenFalse)];

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The first argument, whose derivative with respect to the others is the rule's; the first argument's own graph is not differentiated.</summary>
    public sealed record Custom(CustomRule Rule) : Op
    {
        internal override OpFacts Facts => OpFacts.Custom;

        internal override string Text => $"Custom \"{Rule.Name}\"";

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>A host function of the arguments, each of which has the axes <paramref name="Batch"/> before those of one example: [batch…, result…].</summary>
    public sealed record Callback(HostFunction Host, Shape Batch) : Op
    {
        internal override OpFacts Facts => OpFacts.Callback;

        internal override string Text => $"Callback \"{Host.Name}\"";

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }
}
