using static AutoDiff.Ops;

namespace AutoDiff.Nets;

public static partial class Metrics
{
    /// <summary>The Brier score: the mean of (p − 1)² for the true class, plus p² for every other.</summary>
    /// <param name="probabilities">Probabilities [batch, classes], or of the positive class [batch], 0 … 1.</param>
    /// <param name="classes">True class numbers [batch]; of one probability each 0 or 1.</param>
    /// <remarks>Of many classes 0 … 2 as Brier (1950) has it; of one probability the positive class alone counts, 0 … 1, which is half as much.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a probability or class number is out of range, or a tensor depends on an input.</exception>
    public static double Brier(Tensor probabilities, Tensor classes)
    {
        var (values, numbers, count) = Probabilities("Metrics.Brier", probabilities, classes);
        var isBinary = probabilities.Rank == 1;
        return values.Select((p, i) => Squared(p - (numbers[i / count] == (isBinary ? 1 : i % count) ? 1 : 0))).Sum() / numbers.Length;
        static double Squared(double x) => x * x;
    }

    /// <summary>The log loss: the mean of −ln p of the true class.</summary>
    /// <param name="probabilities">Probabilities [batch, classes], or of the positive class [batch], 0 … 1.</param>
    /// <param name="classes">True class numbers [batch]; of one probability each 0 or 1.</param>
    /// <returns>At least 0; ∞ where a true class was given probability 0, which scikit-learn clips.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a probability or class number is out of range, or a tensor depends on an input.</exception>
    public static double LogLoss(Tensor probabilities, Tensor classes)
    {
        Probabilities("Metrics.LogLoss", probabilities, classes);
        var logs =
            probabilities.Rank == 2
                ? Log(TakeAlongAxis(probabilities, ExpandDims(classes, -1)))
                : Where(classes, Log(probabilities), Log1p(-probabilities));
        return (0 - Mean(logs)).Item();
    }

    /// <summary>How far probabilities are from shares: examples in bins of their probability, with the share that was right.</summary>
    /// <param name="probabilities">Probabilities [batch, classes], of which each example's largest counts and whether its class, of equal ones the first, is the true one; or of the positive class [batch], whose share counts.</param>
    /// <param name="classes">True class numbers [batch]; of one probability each 0 or 1.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <param name="rule">Where the bins end.</param>
    /// <remarks>Bins hold their upper end, the first its lower too; empty ones are left out. Source: Guo, Pleiss, Sun, Weinberger (2017).</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a probability or class number is out of range, a setting is out of range, or a tensor depends on an input.</exception>
    public static Calibration Calibration(
        Tensor probabilities,
        Tensor classes,
        int bins = 10,
        CalibrationBins rule = CalibrationBins.EqualWidth
    )
    {
        const string operation = "Metrics.Calibration";
        Require.That(bins >= 1, $"[{operation}] got {bins} bins; expected at least 1");
        Require.That(Enum.IsDefined(rule), $"[{operation}] got rule {(int)rule}; expected a named one");
        var values = Probabilities(operation, probabilities, classes).Values;
        var best = probabilities.Rank == 1 ? Tensor.Ones(classes.Shape) : ArgMax(probabilities);
        var confidences = probabilities.Rank == 1 ? values : Max(probabilities, -1).ToArray();
        double[] right = Equal(best, classes).ToArray();
        double[] shares = [.. Enumerable.Range(0, bins + 1).Select(i => (double)i / bins)];
        var edges = rule == CalibrationBins.EqualWidth ? shares : Array.ConvertAll(shares, share => Quantile(confidences, share).Item());
        return new([
            .. confidences
                .Zip(right, (confidence, isRight) => (Confidence: confidence, IsRight: isRight))
                .GroupBy(example => Math.Max(0, Array.FindIndex(edges, 1, edge => example.Confidence <= edge) - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new CalibrationBin(
                    edges[bin.Key],
                    edges[bin.Key + 1],
                    bin.Count(),
                    bin.Average(example => example.Confidence),
                    bin.Average(example => example.IsRight)
                )),
        ]);
    }

    private static (double[] Values, int[] Classes, int Count) Probabilities(string operation, Tensor probabilities, Tensor classes)
    {
        Require.NotNull(probabilities, operation);
        Require.NotNull(classes, operation);
        var count = probabilities.Rank == 2 ? probabilities.Shape[1] : 1;
        Require.That(
            probabilities.Rank is 1 or 2 && probabilities.Shape.Size > 0 && classes.Rank == 1 && classes.Shape[0] == probabilities.Shape[0],
            $"[{operation}] got probabilities {probabilities.Shape} and classes {classes.Shape}; expected [batch,classes] or [batch], and [batch], not empty"
        );
        var values = probabilities.ToArray();
        var position = Array.FindIndex(values, value => !(value is >= 0 and <= 1));
        if (position >= 0)
            Require.Fail($"[{operation}] got {values[position]} at position {position} of probabilities; expected 0 to 1");
        return (values, ClassNumbers(operation, classes, probabilities.Rank == 2 ? count : 2), count);
    }
}
