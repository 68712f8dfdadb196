namespace AutoDiff;

/// <summary>What an <see cref="Apply"/> node computes; equal by value. The hierarchy is closed: elementwise ops are enum members, the rest are nested here.</summary>
public abstract record Op
{
    private Op() { }

    /// <summary>The op's name, as errors and printed graphs give it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Whether the result is its first argument's elements in the same order.</summary>
    internal bool Renames => this is Map(Unary.Identity or Unary.StopGradient) or Barrier or Custom or Reshape;

    /// <summary>Whether the result is its first argument's elements, some of them perhaps repeated or left out, so that it takes no computing.</summary>
    internal bool Rearranges => Renames || this is Transpose or Broadcast or Slice or Flip or Windows;

    /// <summary>An elementwise function of one argument.</summary>
    public sealed record Map(Unary Function) : Op
    {
        /// <inheritdoc/>
        public override string Name => Function.ToString();
    }

    /// <summary>An elementwise function of two arguments of equal shape.</summary>
    public sealed record Zip(Binary Function) : Op
    {
        /// <inheritdoc/>
        public override string Name => Function.ToString();
    }

    /// <summary>Elementwise choice: arguments (condition, whenTrue, whenFalse) of equal shape; whenTrue where the condition is not 0.</summary>
    public sealed record Select : Op;

    /// <summary>A reduction over <paramref name="Axes"/> (ascending), which the result no longer has.</summary>
    public sealed record Reduce(Reduction Kind, Ints Axes) : Op
    {
        /// <inheritdoc/>
        public override string Name => Kind.ToString();
    }

    /// <summary>The position along <paramref name="Axis"/> of the largest element, the first of equals; the result lacks the axis.</summary>
    public sealed record ArgMax(int Axis) : Op;

    /// <summary>Running sums along <paramref name="Axis"/>, from the end when <paramref name="Reverse"/>.</summary>
    public sealed record CumulativeSum(int Axis, bool Reverse) : Op;

    /// <summary>Matrix product of [batch…, m, k] and [batch…, k, n] with equal batch axes.</summary>
    public sealed record MatMul : Op;

    /// <summary>The same elements in row-major order under another shape of the same size.</summary>
    public sealed record Reshape(Shape To) : Op;

    /// <summary>Axis i of the result is axis <c>Permutation[i]</c> of the argument.</summary>
    public sealed record Transpose(Ints Permutation) : Op;

    /// <summary>NumPy broadcasting to <paramref name="To"/>: aligned at the last axis, lengths of 1 repeated.</summary>
    public sealed record Broadcast(Shape To) : Op;

    /// <summary>Along each axis i the elements <c>Start[i] + j·Step[i]</c>, j in 0 … <c>Length[i]</c> − 1; steps are positive.</summary>
    public sealed record Slice(Ints Start, Ints Length, Ints Step) : Op;

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
    }

    /// <summary>The arguments, one after another along <paramref name="Axis"/>.</summary>
    public sealed record Concatenate(int Axis) : Op;

    /// <summary>The elements in reverse order along <paramref name="Axes"/>.</summary>
    public sealed record Flip(Ints Axes) : Op;

    /// <summary>Arguments (x [batch…, length, rest…], indices [batch…, picks…]), <paramref name="BatchRank"/> leading axes shared: [batch…, picks…, rest…].</summary>
    public sealed record Gather(int BatchRank) : Op;

    /// <summary>Arguments (updates [batch…, picks…, rest…], indices [batch…, picks…]): zeros [batch…, <paramref name="Length"/>, rest…] with each update added at its index.</summary>
    public sealed record ScatterAdd(int BatchRank, int Length) : Op;

    /// <summary>Sliding windows: <paramref name="Axis"/> becomes the window's position, and a last axis of <paramref name="Size"/> elements, <paramref name="Dilation"/> apart, is added.</summary>
    public sealed record Windows(int Axis, int Size, int Stride, int Dilation) : Op;

    /// <summary>The transpose of <see cref="Windows"/>: the last axis is added back into <paramref name="Axis"/>, which gets <paramref name="Length"/> elements.</summary>
    public sealed record OverlapAdd(int Axis, int Length, int Stride, int Dilation) : Op;

    /// <summary>The first argument, once all others are known; never merged with another node. <paramref name="Token"/> is its identity.</summary>
    public sealed record Barrier(object Token) : Op;

    /// <summary>The first argument, whose derivative with respect to the others is the rule's; the first argument's own graph is not differentiated.</summary>
    public sealed record Custom(CustomRule Rule) : Op;
}
