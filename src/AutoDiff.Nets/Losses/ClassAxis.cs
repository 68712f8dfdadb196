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

    /// <summary>Weights of the classes, so that they broadcast against the logits; null for none.</summary>
    public Tensor? Weights(Tensor? weights, string loss)
    {
        if (weights is null)
            return null;
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
        return AlongAxis(weights);
    }

    /// <summary>1 for the examples that count; null where all do.</summary>
    public static Tensor? Counted(Tensor numbers, double? ignore) => ignore is { } number ? NotEqual(numbers, number) : null;

    /// <summary>The class numbers, 0 for examples that do not count; one that is none is an error at once where they are known, else when the graph runs.</summary>
    public Tensor Numbers(Tensor numbers, Tensor? counted, double? ignore, string loss)
    {
        if (numbers is Constant known)
            RequireClasses(known, ignore, loss);
        if (counted is not null)
            numbers = Where(counted, numbers, 0);
        // A position that is picked is checked when the graph runs.
        return numbers is Constant ? numbers : Gather(Tensor.Range(Count), numbers);
    }

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

    /// <summary>1 at each example's class along the axis, else 0: of the logits' shape.</summary>
    public Tensor OneHot(Tensor numbers) => Equal(ExpandDims(numbers, Axis), AlongAxis(Tensor.Range(Count)));

    private Tensor AlongAxis(Tensor vector) => Reshape(vector, [Count, .. Enumerable.Repeat(1, Shape.Rank - 1 - Axis)]);
}
