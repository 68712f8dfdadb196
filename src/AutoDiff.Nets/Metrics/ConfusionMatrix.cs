using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>How often each class was taken for each: rows are the true classes, columns the predicted ones. Those of two batches add up.</summary>
/// <remarks>
/// A share of nothing, 0 ⁄ 0, is 0, as scikit-learn's <c>zero_division=0</c>: the precision of a class never predicted, the recall of a class
/// that never occurs. Averages are over all classes, those included.
/// </remarks>
public sealed partial record ConfusionMatrix
{
    private readonly ImmutableArray<long> _counts;

    private readonly long[] _actual;
    private readonly long[] _predicted;

    private ConfusionMatrix(ImmutableArray<long> counts, int classes)
    {
        (_counts, Classes, _actual, _predicted) = (counts, classes, new long[classes], new long[classes]);
        for (var i = 0; i < counts.Length; i++)
        {
            _actual[i / classes] += counts[i];
            _predicted[i % classes] += counts[i];
        }
        Total = _actual.Sum();
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many examples there are.</summary>
    public long Total { get; }

    /// <summary>How often a class was taken for a class.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentException">A class is out of range.</exception>
    public long this[int actual, int predicted]
    {
        get
        {
            CheckClass(actual);
            CheckClass(predicted);
            return At(actual, predicted);
        }
    }

    /// <summary>The matrix of predictions by the highest score, of equal ones the first.</summary>
    /// <param name="scores">Scores [batch, classes], without NaN.</param>
    /// <param name="classes">True class numbers [batch].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a score is NaN, a class number is out of range or not whole, or a tensor depends on an input.</exception>
    public static ConfusionMatrix Of(Tensor scores, Tensor classes)
    {
        const string operation = "ConfusionMatrix.Of";
        Require.NotNull(scores, operation);
        Require.NotNull(classes, operation);
        Require.That(
            scores.Rank == 2 && scores.Shape[1] > 0 && classes.Rank == 1 && classes.Shape[0] == scores.Shape[0],
            $"[{operation}] got scores {scores.Shape} and classes {classes.Shape}; expected [batch,classes] and [batch]"
        );
        Metrics.CheckNumbers(operation, scores.ToArray());
        var count = scores.Shape[1];
        var predicted = Array.ConvertAll(ArgMax(scores).ToArray(), number => (int)number);
        return Counted(predicted, Metrics.ClassNumbers(operation, classes, count), count);
    }

    /// <summary>The matrix of predicted classes.</summary>
    /// <param name="predicted">Predicted class numbers [batch].</param>
    /// <param name="actual">True class numbers [batch].</param>
    /// <param name="classes">How many classes there are, at least 1.</param>
    /// <exception cref="ArgumentException">The shapes differ, a class number is out of range or not whole, or a tensor depends on an input.</exception>
    public static ConfusionMatrix OfPredicted(Tensor predicted, Tensor actual, int classes)
    {
        const string operation = "ConfusionMatrix.OfPredicted";
        Require.NotNull(predicted, operation);
        Require.NotNull(actual, operation);
        Require.That(classes >= 1, $"[{operation}] got {classes} classes; expected at least 1");
        Require.That(
            predicted.Rank == 1 && actual.Shape.Equals(predicted.Shape),
            $"[{operation}] got predicted {predicted.Shape} and actual {actual.Shape}; expected [batch] twice"
        );
        return Counted(
            Metrics.ClassNumbers(operation, predicted, classes, nameof(predicted)),
            Metrics.ClassNumbers(operation, actual, classes, nameof(actual)),
            classes
        );
    }

    /// <summary>The matrix of known counts.</summary>
    /// <param name="counts">Counts [actual, predicted], none negative.</param>
    /// <exception cref="ArgumentException">They are not square, empty or negative.</exception>
    public static ConfusionMatrix OfCounts(long[,] counts)
    {
        const string operation = "ConfusionMatrix.OfCounts";
        Require.NotNull(counts, operation);
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        Require.That(rows == columns && rows > 0, $"[{operation}] got [{rows},{columns}]; expected as many rows as columns, at least 1");
        ImmutableArray<long> values = [.. counts.Cast<long>()];
        Require.That(values.Min() >= 0, $"[{operation}] got a count of {values.Min()}; expected at least 0");
        return new(values, rows);
    }

    /// <summary>The matrix of both matrices' examples.</summary>
    /// <exception cref="ArgumentException">The numbers of classes differ.</exception>
    public static ConfusionMatrix operator +(ConfusionMatrix left, ConfusionMatrix right)
    {
        const string operation = "ConfusionMatrix.+";
        Require.NotNull(left, operation);
        Require.NotNull(right, operation);
        Require.That(
            left.Classes == right.Classes,
            $"[{operation}] got {left.Classes} and {right.Classes} classes; expected equal numbers"
        );
        return new([.. left._counts.Zip(right._counts, (a, b) => checked(a + b))], left.Classes);
    }

    /// <summary>The counts [actual, predicted].</summary>
    public Tensor ToTensor() => Tensor.Of([.. _counts.Select(count => (double)count)], Classes, Classes);

    /// <summary>The counts as shares [actual, predicted]; 0 in a row or column without examples.</summary>
    /// <param name="of">What they are shares of.</param>
    /// <exception cref="ArgumentException">It has no name.</exception>
    public Tensor Normalized(Shares of)
    {
        Require.That(Enum.IsDefined(of), $"[ConfusionMatrix.Normalized] got {(int)of}; expected named shares");
        var shares = new double[_counts.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Share(
                _counts[i],
                of switch
                {
                    Shares.OfActual => _actual[i / Classes],
                    Shares.OfPredicted => _predicted[i % Classes],
                    Shares.OfAll => Total,
                }
            );
        return Tensor.Of(shares, Classes, Classes);
    }

    /// <summary>Whether the classes and all counts are equal.</summary>
    public bool Equals(ConfusionMatrix? other) => other is not null && Classes == other.Classes && _counts.SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var count in _counts)
            hash.Add(count);
        return hash.ToHashCode();
    }

    private static ConfusionMatrix Counted(int[] predicted, int[] actual, int classes)
    {
        var counts = new long[checked(classes * classes)];
        for (var i = 0; i < actual.Length; i++)
            counts[(actual[i] * classes) + predicted[i]]++;
        return new([.. counts], classes);
    }

    private static double Share(double part, double all) => all == 0 ? 0 : part / all;

    private long At(int actual, int predicted) => _counts[(actual * Classes) + predicted];

    private void CheckClass(int index) =>
        Require.That(index >= 0 && index < Classes, $"[ConfusionMatrix] got class {index}; expected 0 to {Classes - 1}");
}
