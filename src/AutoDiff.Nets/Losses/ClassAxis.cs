using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>The axis of classes of logits, and what class numbers mean along it.</summary>
/// <param name="Shape">The logits' shape.</param>
/// <param name="Axis">The axis, from 0.</param>
internal sealed record ClassAxis(Shape Shape, int Axis)
{
    /// <summary>How many classes there are.</summary>
    public int Count => Shape[Axis];

    /// <summary>The shape of the examples: the logits' without the axis.</summary>
    public Shape Examples => Shape.Without([Axis]);

    public static ClassAxis Of(Tensor logits, int axis, string loss)
    {
        Require.NotNull(logits, loss);
        var rank = logits.Rank;
        Require.That(
            axis >= -rank && axis < rank,
            $"[{loss}] got the axis of classes {axis} for {logits.Shape}; expected {(rank == 0 ? "an axis" : $"{-rank} to {rank - 1}")}"
        );
        var classes = new ClassAxis(logits.Shape, axis < 0 ? axis + rank : axis);
        Require.That(classes.Count > 0, $"[{loss}] got {logits.Shape} with no classes along axis {classes.Axis}; expected at least one");
        return classes;
    }

    /// <summary>Checks weights of the classes, or none.</summary>
    public void RequireWeights(Tensor? weights, string loss)
    {
        if (weights is null)
            return;
        Require.That(
            weights.Shape.Equals([Count]),
            $"[{loss}] got weights {weights.Shape} for the classes of {Shape} along axis {Axis}; expected [{Count}]"
        );
        if (weights is Constant known)
        {
            foreach (var weight in known.Values)
                Require.That(
                    weight >= 0 && double.IsFinite(weight),
                    $"[{loss}] got a weight {weight}; expected finite numbers of at least 0"
                );
        }
    }

    /// <summary>1 for the examples that count; null where all do.</summary>
    public static Tensor? Counted(Tensor numbers, double? ignore) => ignore is { } number ? NotEqual(numbers, number) : null;

    /// <summary>The class numbers, 0 for examples that do not count; one that is none is an error at once where they are known.</summary>
    public Tensor Numbers(Tensor numbers, Tensor? counted, double? ignore, string loss)
    {
        if (numbers is Constant known)
            RequireClasses(known, ignore, loss);
        return counted is null ? numbers : Where(counted, numbers, 0);
    }

    /// <summary>What each example has at its class; a number that is none is an error when the graph runs.</summary>
    public Tensor Pick(Tensor x, Tensor numbers) => Squeeze(TakeAlongAxis(x, ExpandDims(numbers, Axis), Axis), Axis);

    private void RequireClasses(Constant numbers, double? ignore, string loss)
    {
        var values = numbers.Values;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value != ignore && !(value >= 0 && value < Count && Math.Floor(value) == value))
                throw new ArgumentException(
                    $"[{loss}] got the class number {value} at position {i} of {numbers.Shape}; expected whole numbers from 0 to {Count - 1}",
                    nameof(numbers)
                );
        }
    }

    /// <summary>1 at each example's class along the axis, else 0: of the logits' shape; a number that is none is an error when the graph runs.</summary>
    public Tensor OneHot(Tensor numbers)
    {
        var classes = Tensor.Range(Count);
        // A position that is taken is checked.
        var known = numbers is Constant ? numbers : Gather(classes, numbers);
        return Equal(ExpandDims(known, Axis), AlongAxis(classes));
    }

    /// <summary>A number for each class, so that they broadcast against the logits.</summary>
    public Tensor AlongAxis(Tensor vector) => Reshape(vector, [Count, .. Enumerable.Repeat(1, Shape.Rank - 1 - Axis)]);
}
