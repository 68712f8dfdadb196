using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Structures() =>
        [
            new("Reshape", x => Reshape(x, 3, 2), Any(2, 3)),
            new("Reshape: derived length", x => Reshape(x, -1, 2), Any(2, 3)),
            new("Reshape: scalar", x => Reshape(x), Any(1, 1)),
            new("ReshapeTo", x => ReshapeTo(x, [6]), Any(2, 3)),
            new("Transpose", x => Transpose(x), Any(2, 3)),
            new("Transpose: permutation", x => Transpose(x, 2, 0, 1), Any(2, 3, 1)),
            new("MoveAxis", x => MoveAxis(x, 0, -1), Any(2, 3, 2)),
            new("BroadcastTo", x => BroadcastTo(x, [2, 3]), Any(2, 1)),
            new("BroadcastTo: new axes", x => BroadcastTo(x, [2, 2, 3]), Any(3)),
            new("BroadcastTo: scalar", x => BroadcastTo(x, [2, 2]), Any()),
            new("BroadcastTo: length 0", x => BroadcastTo(x, [0, 3]), Any(1, 3)),
            new("ExpandDims", x => ExpandDims(x, 1), Any(2, 3)),
            new("ExpandDims: scalar", x => ExpandDims(x, -1), Any()),
            new("Tile", x => Tile(x, 2, 3), Any(3, 1)),
            new("Concatenate: first", x => Concatenate([x, Fixed(1, 3)]), Any(2, 3)),
            new("Concatenate: second", x => Concatenate([Fixed(2, 2), x], 1), Any(2, 3)),
            new("Concatenate: several times", x => Concatenate([x, Fixed(2), x, Square(x)]), Any(3)),
            new("Concatenate: nine parts", x => Concatenate([x, x, Sin(x), x, x, x, x, x, Fixed(1)]), Any(1)),
            new("Stack", x => Stack([x, Fixed(2, 3), Sin(x)], 1), Any(2, 3)),
            new("Stack: last axis", x => Stack([Fixed(2), x], -1), Any(2)),
            new("Split", x => Split(x, [1, 2])[1] * Split(x, [2, 1])[0], Any(3, 2)),
            new("Split: other axis", x => Split(x, [2, 0, 1], 1)[0], Any(2, 3)),
            new("Diagonal", x => Diagonal(x), Any(3, 2)),
            new("Diagonal: above, of a batch", x => Diagonal(x, 1), Any(2, 2, 3)),
            new("Diagonal: below", x => Diagonal(x, -1), Any(3, 3)),
            new("DiagonalMatrix", x => DiagonalMatrix(x), Any(3)),
            new("DiagonalMatrix: above, of a batch", x => DiagonalMatrix(x, 2), Any(2, 2)),
            new("DiagonalMatrix: below", x => DiagonalMatrix(x, -1), Any(2)),
            new("LowerTriangle", x => LowerTriangle(x), Any(3, 2)),
            new("LowerTriangle: below", x => LowerTriangle(x, -1), Any(2, 3, 3)),
            new("UpperTriangle", x => UpperTriangle(x), Any(2, 3)),
            new("UpperTriangle: above", x => UpperTriangle(x, 1), Any(3, 3)),
        ];

    private static IEnumerable<Case> Movements() =>
        [
            new("Slice", x => Slice(x, 0, 1), Any(3, 2)),
            new("Slice: strided", x => Slice(x, 1, 1, null, 2), Any(2, 6)),
            new("Slice: strided to the last", x => Slice(x, 0, 0, null, 2), Any(5)),
            new("Slice: backwards", x => Slice(x, 0, null, null, -2), Any(4, 2)),
            new("Slice: from the end", x => Slice(x, -1, -2, -1), Any(2, 3)),
            new("Slice: nothing", x => Slice(x, 0, 2, 1), Any(3, 2)),
            new("Take", x => Take(x, 0, 1), Any(3, 2)),
            new("Take: from the end", x => Take(x, -1, -1), Any(2, 3)),
            new("Pad", x => Pad(x, [1, 0], [0, 2]), Any(2, 2)),
            new("Pad: with a value", x => Square(Pad(x, [1], [1], 3)), Any(2)),
            new("Flip", x => Flip(x), Any(2, 3)),
            new("Flip: one axis", x => Flip(x, -1), Any(2, 3)),
            new("Gather", x => Gather(x, Tensor.Of([2, 0, 2])), Any(3, 2)),
            new("Gather: scalar index", x => Gather(x, 1), Any(3, 2)),
            new("Gather: matrix of indices, last axis", x => Gather(x, Tensor.Of([0, 2, 1, 1], 2, 2), axis: 1), Any(2, 3)),
            new("Gather: batch axes", x => Gather(x, Tensor.Of([1, 0, 2, 2], 2, 2), axis: 1, batchAxes: 1), Any(2, 3, 2)),
            new("Gather: batch and between", x => Gather(x, Tensor.Of([1, 0], 2, 1), axis: 2, batchAxes: 1), Any(2, 2, 3)),
            new("Gather: varying indices", x => Gather(Tensor.Of([1, 5, 2, 7]), x > 0), In(Domain.AwayFrom(0), 3), Kind.PiecewiseConstant),
            new("ScatterAdd", x => ScatterAdd(x, Tensor.Of([2, 0, 2]), 4), Any(3, 2)),
            new("ScatterAdd: matrix of indices", x => ScatterAdd(x, Tensor.Of([1, 0, 1, 1], 2, 2), 2), Any(2, 2)),
            new("ScatterAdd: varying indices", x => ScatterAdd(Fixed(3), x > 0, 2), In(Domain.AwayFrom(0), 3), Kind.PiecewiseConstant),
            new("OneHot", x => OneHot(x > 0, 3), In(Domain.AwayFrom(0), 2), Kind.PiecewiseConstant),
            new("Windows", x => Windows(x, 0, 2), Any(4)),
            new("Windows: strided, dilated", x => Windows(x, 0, 2, stride: 2, dilation: 2), Any(6, 2)),
            new("OverlapAdd", x => OverlapAdd(x, 0, 4), Any(3, 2)),
            new("OverlapAdd: with room, strided, dilated", x => OverlapAdd(x, 0, 7, stride: 2, dilation: 2), Any(2, 2, 2)),
            new("OverlapAdd: gaps", x => OverlapAdd(x, 0, 6, stride: 3), Any(2, 2)),
        ];
}
