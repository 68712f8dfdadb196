namespace AutoDiff;

/// <summary>Slices of a tensor at the positions that indices name, to be read or changed: each change is another tensor.</summary>
public sealed class IndexUpdate
{
    private readonly Tensor _x;
    private readonly Tensor _indices;
    private readonly int _axis;

    internal IndexUpdate(Tensor x, Tensor indices, int axis)
    {
        (_x, _indices, _axis) = (x, indices, axis);
        if (indices is Constant constant)
        {
            var length = x.Shape[axis];
            foreach (var index in constant.Values)
                Require.That(
                    index >= 0 && index < length && index == Math.Floor(index),
                    $"[Tensor.At] got index {index} for axis {axis} of {x.Shape}; expected {(length == 0 ? "no index, as the axis is empty" : $"whole numbers in 0 … {length - 1}")}"
                );
        }
    }

    private Shape Picked => [.. _x.Shape.AsSpan()[.._axis], .. _indices.Shape, .. _x.Shape.AsSpan()[(_axis + 1)..]];

    /// <summary>The slices: <see cref="Ops.Gather"/>.</summary>
    public Tensor Get() => Ops.Gather(_x, _indices, _axis);

    /// <summary>The tensor with y, broadcast, in their place.</summary>
    /// <param name="y">Values in the shape of <see cref="Get"/>, or that broadcast to it.</param>
    /// <remarks>Where indices are equal the last of them counts, in row-major order: the values of the others have derivative 0.</remarks>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Set(Tensor y)
    {
        var (length, updates) = (_x.Shape[_axis], Updates(y, "Set"));
        var all = Ops.Concatenate([updates, Ops.MoveAxis(_x, _axis, 0)]);
        var sources = Apply.Of(new Op.LastPicks(0, length), _indices);
        return Ops.MoveAxis(Apply.Of(new Op.Gather(0), all, sources), 0, _axis);
    }

    /// <summary>The tensor with y, broadcast, added to them; where indices are equal all of their values are.</summary>
    /// <param name="y">Values in the shape of <see cref="Get"/>, or that broadcast to it.</param>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Add(Tensor y)
    {
        var (length, updates) = (_x.Shape[_axis], Updates(y, "Add"));
        var sums = Ops.ScatterAdd(updates, Ops.ReshapeTo(_indices, [_indices.Shape.Size]), length);
        return _x + Ops.MoveAxis(sums, 0, _axis);
    }

    /// <summary>y as [picks, rest…], the axis first.</summary>
    private Tensor Updates(Tensor y, string operation)
    {
        Require.NotNull(y, $"IndexUpdate.{operation}");
        var picked = Picked;
        Require.That(
            y.Shape.BroadcastsTo(picked),
            $"[IndexUpdate.{operation}] got {y.Shape} at indices {_indices.Shape} of axis {_axis} of {_x.Shape}; expected a shape that broadcasts to {picked}"
        );
        var (rank, picks) = (picked.Rank, _indices.Rank);
        var first = Ops.Transpose(
            Ops.BroadcastTo(y, picked),
            [.. Enumerable.Range(_axis, picks), .. Enumerable.Range(0, _axis), .. Enumerable.Range(_axis + picks, rank - _axis - picks)]
        );
        return Ops.ReshapeTo(first, [_indices.Shape.Size, .. _x.Shape.Without([_axis])]);
    }
}
