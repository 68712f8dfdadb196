namespace AutoDiff;

/// <summary>Elements of a tensor at positions and in ranges, to be read or changed: each change is another tensor.</summary>
/// <remarks>A compiled function changes the tensor in its place where nothing else needs it, at the cost of the part alone, and so does its gradient.</remarks>
public sealed class SliceUpdate
{
    private readonly Tensor _x;
    private readonly IndexSelection _selection;

    internal SliceUpdate(Tensor x, IndexSelection selection) => (_x, _selection) = (x, selection);

    /// <summary>The elements.</summary>
    public Tensor Get() => _selection.From(_x);

    /// <summary>The tensor with y, broadcast, in their place; what it replaces has derivative 0.</summary>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Set(Tensor y) => Updated(y, "Set", new Op.SetSlice(_selection.Start, _selection.Step));

    /// <summary>The tensor with y, broadcast, added to them.</summary>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Add(Tensor y) => Updated(y, "Add", new Op.AddSlice(_selection.Start, _selection.Step));

    /// <summary>The tensor with them multiplied by y, broadcast.</summary>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Multiply(Tensor y) => Set(Get() * Fitting(y, "Multiply"));

    /// <summary>The tensor with the smaller of each and y, broadcast; ties share the derivative.</summary>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Min(Tensor y) => Set(Ops.Minimum(Get(), Fitting(y, "Min")));

    /// <summary>The tensor with the larger of each and y, broadcast; ties share the derivative.</summary>
    /// <exception cref="ArgumentException">y does not broadcast to them.</exception>
    public Tensor Max(Tensor y) => Set(Ops.Maximum(Get(), Fitting(y, "Max")));

    private Tensor Updated(Tensor y, string operation, Op op) =>
        Apply.Of(op, Ops.ReshapeTo(Fitting(y, operation), Shape.Of(_selection.Length.AsSpan())), _x);

    private Tensor Fitting(Tensor y, string operation)
    {
        Require.NotNull(y, $"SliceUpdate.{operation}");
        Require.That(
            y.Shape.BroadcastsTo(_selection.Shape),
            $"[SliceUpdate.{operation}] got {y.Shape} for elements {_selection.Shape} of {_x.Shape}; expected a shape that broadcasts to {_selection.Shape}"
        );
        return Ops.BroadcastTo(y, _selection.Shape);
    }
}
