namespace AutoDiff;

/// <summary>Shapes of many examples with few numbers each, and their elements laid out number by number: [n, 2, 3] as [2, 3, n].</summary>
/// <remarks>What goes through them then goes through rows of n: broadcasts, sums and slices of the numbers would otherwise be runs of two or three elements.</remarks>
internal static class Tall
{
    /// <summary>Shorter rows cost a call each that does too little.</summary>
    public const int Fewest = 1024;

    // Of more numbers rows along them are long enough.
    private const int Most = 8;

    // Of more numbers few may be wanted.
    private const int MostSliced = 32;

    /// <summary>Whether a shape is one of many examples of a few numbers.</summary>
    public static bool Is(Shape shape) => shape.Rank > 1 && shape[0] >= Fewest && shape.Size / shape[0] is > 1 and <= Most;

    /// <summary>Whether part of each example's numbers is taken from where they lie example by example.</summary>
    public static bool IsSliced(View x, Shape part) =>
        part.Rank > 1
        && part[0] >= Fewest
        && part[0] == x.Shape[0]
        && part.Size < x.Shape.Size
        && part.Size / part[0] is > 0 and <= Most
        && x.Shape.Size / x.Shape[0] <= MostSliced
        && x.IsContiguous;

    /// <summary>A block of a tall shape, laid out number by number.</summary>
    public static View Whole(Storage storage, Shape shape)
    {
        var strides = View.RowMajor(shape);
        for (var axis = 1; axis < strides.Length; axis++)
            strides[axis] *= shape[0];
        strides[0] = 1;
        return new(storage, 0, shape, strides);
    }

    /// <summary>The view with the examples as its last axis.</summary>
    public static View Turned(View view) => new(view.Storage, view.Offset, Turned(view.Shape), [.. view.Strides[1..], view.Strides[0]]);

    /// <summary>The shape with the examples as its last axis.</summary>
    public static Shape Turned(Shape shape) => [.. shape.AsSpan()[1..], shape[0]];

    /// <summary>Whether a result is better laid out number by number: unless most of what it is made of lies example by example.</summary>
    public static bool Suits(Shape shape, ReadOnlySpan<View> operands)
    {
        if (!Is(shape))
            return false;
        var votes = 0;
        foreach (var operand in operands)
        {
            if (operand.Strides[0] != 0 && !operand.IsSingle)
                votes += operand.IsContiguous && operand.Shape.Size > operand.Shape[0] ? -1 : 1;
        }
        return votes >= 0 && operands.Length > 0;
    }
}
