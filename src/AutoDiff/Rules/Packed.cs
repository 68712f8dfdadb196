using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Several tensors as one vector, one after another, and the way back, which leaves no trace where both meet.</summary>
internal static class Packed
{
    /// <summary>The tensors' elements in one vector.</summary>
    public static Tensor Pack(IReadOnlyList<Tensor> pieces) =>
        pieces.Count == 0 ? Tensor.Zeros([0]) : Concatenate([.. pieces.Select(piece => ReshapeTo(piece, [piece.Shape.Size]))]);

    /// <summary>The tensor of a shape whose elements begin at a place of a vector.</summary>
    public static Tensor Piece(Tensor packed, int start, Shape shape) => ReshapeTo(Part(packed, start, shape.Size), shape);

    /// <summary>The outputs of a loop from its result, or from what has the layout of its result.</summary>
    public static Tensor[] Unpack(Loop loop, Tensor packed)
    {
        var pieces = new Tensor[loop.Body.Outputs.Length];
        for (var i = 0; i < pieces.Length; i++)
            pieces[i] = Piece(packed, loop.Start(i), loop.Shaped(i));
        return pieces;
    }

    /// <summary>Tensors of given shapes from a vector of all their elements.</summary>
    public static Tensor[] Unpack(Shape[] shapes, Tensor packed)
    {
        var (pieces, start) = (new Tensor[shapes.Length], 0);
        for (var i = 0; i < pieces.Length; start += shapes[i++].Size)
            pieces[i] = Piece(packed, start, shapes[i]);
        return pieces;
    }

    /// <summary>Whether a tensor is zeros by how it is built.</summary>
    public static bool IsZeros(Tensor x) => Linearity.IsZeros(x);

    private static Tensor Part(Tensor packed, int start, int length)
    {
        if (length == 0 || IsZeros(packed))
            return Tensor.Zeros([length]);
        switch (packed)
        {
            case Apply { Op: Op.Concatenate } side:
                var at = start;
                foreach (var argument in side.Arguments)
                {
                    if (at >= 0 && at + length <= argument.Shape.Size)
                        return Part(argument, at, length);
                    at -= argument.Shape.Size;
                }
                break;
            case Apply { Op: Op.Pad { Value: 0, Interior: [0] } pad } among:
                var (from, size) = (start - pad.Low[0], among.Arguments[0].Shape.Size);
                if (from >= 0 && from + length <= size)
                    return Part(among.Arguments[0], from, length);
                if (from + length <= 0 || from >= size)
                    return Tensor.Zeros([length]);
                break;
        }
        return SliceAxis(packed, 0, start, length, 1);
    }
}
