namespace AutoDiff.Nets;

public static partial class Metrics
{
    /// <summary>The area under the ROC curve: how likely a positive example scores above a negative one, equal scores counting ½.</summary>
    /// <param name="scores">Scores of the positive class [batch], without NaN.</param>
    /// <param name="classes">Classes [batch], 0 or 1.</param>
    /// <returns>0 … 1; NaN where one of the classes is missing.</returns>
    /// <remarks>Mann and Whitney's U over the number of pairs.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a score is NaN, a class is neither 0 nor 1, or a tensor depends on an input.</exception>
    public static double RocAuc(Tensor scores, Tensor classes)
    {
        var (values, isPositive) = Binary("Metrics.RocAuc", scores, classes);
        return Area(values, isPositive);
    }

    /// <summary>The area under the ROC curves of many classes, their mean.</summary>
    /// <param name="scores">Scores [batch, classes], without NaN.</param>
    /// <param name="classes">True class numbers [batch].</param>
    /// <param name="average">Which classes are held against which.</param>
    /// <returns>0 … 1; NaN where one of the classes is missing.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example or only one class, a score is NaN, a class number is out of range or not whole, or a tensor depends on an input.</exception>
    public static double RocAuc(Tensor scores, Tensor classes, RocAverage average)
    {
        const string operation = "Metrics.RocAuc";
        Require.That(Enum.IsDefined(average), $"[{operation}] got average {(int)average}; expected a named one");
        var (values, numbers, count) = Read(operation, scores, classes);
        Require.That(count > 1, $"[{operation}] got scores of {count} class; expected at least 2");
        int[][] rows =
        [
            .. Enumerable.Range(0, count).Select(one => numbers.Index().Where(row => row.Item == one).Select(row => row.Index).ToArray()),
        ];
        int[] all = [.. Enumerable.Range(0, numbers.Length)];
        var areas =
            from one in Enumerable.Range(0, count)
            from among in average == RocAverage.OneVersusRest
                ? [all]
                : Enumerable.Range(0, count).Where(other => other != one).Select(other => rows[one].Concat(rows[other]).ToArray())
            select Area(Array.ConvertAll(among, i => values[(i * count) + one]), Array.ConvertAll(among, i => numbers[i] == one));
        return areas.Average();
    }

    /// <summary>The ROC curve.</summary>
    /// <param name="scores">Scores of the positive class [batch], without NaN.</param>
    /// <param name="classes">Classes [batch], 0 or 1; rates of a class that is missing are NaN.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a score is NaN, a class is neither 0 nor 1, or a tensor depends on an input.</exception>
    public static RocCurve RocCurve(Tensor scores, Tensor classes)
    {
        var steps = Steps(Binary("Metrics.RocCurve", scores, classes));
        var (positives, negatives) = (steps[^1].Right, steps[^1].Wrong);
        return new(
            [.. steps.Select(step => step.Threshold)],
            [.. steps.Select(step => step.Wrong / negatives)],
            [.. steps.Select(step => step.Right / positives)]
        );
    }

    /// <summary>The precision-recall curve.</summary>
    /// <param name="scores">Scores of the positive class [batch], without NaN.</param>
    /// <param name="classes">Classes [batch], 0 or 1; recalls without positives are NaN.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a score is NaN, a class is neither 0 nor 1, or a tensor depends on an input.</exception>
    public static PrecisionRecallCurve PrecisionRecallCurve(Tensor scores, Tensor classes)
    {
        var steps = Steps(Binary("Metrics.PrecisionRecallCurve", scores, classes));
        return new(
            [.. steps.Select(step => step.Threshold)],
            [.. steps.Select(step => step.Right + step.Wrong == 0 ? 1 : step.Right / (step.Right + step.Wrong))],
            [.. steps.Select(step => step.Right / steps[^1].Right)]
        );
    }

    /// <summary>The average precision: Σ (recallₖ − recallₖ₋₁)·precisionₖ over the points of the precision-recall curve, without interpolation.</summary>
    /// <param name="scores">Scores of the positive class [batch], without NaN.</param>
    /// <param name="classes">Classes [batch], 0 or 1; without positives the result is NaN.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a score is NaN, a class is neither 0 nor 1, or a tensor depends on an input.</exception>
    public static double AveragePrecision(Tensor scores, Tensor classes)
    {
        var steps = Steps(Binary("Metrics.AveragePrecision", scores, classes));
        var sum = 0.0;
        for (var i = 1; i < steps.Count; i++)
            sum += (steps[i].Right - steps[i - 1].Right) / steps[^1].Right * (steps[i].Right / (steps[i].Right + steps[i].Wrong));
        // 0 ⁄ 0 in every summand is NaN.
        return sum;
    }

    private static double Area(double[] scores, bool[] isPositive)
    {
        var steps = Steps((scores, isPositive));
        var area = 0.0;
        for (var i = 1; i < steps.Count; i++)
            area += (steps[i].Wrong - steps[i - 1].Wrong) * (steps[i].Right + steps[i - 1].Right) / 2;
        return area / (steps[^1].Wrong * steps[^1].Right);
    }

    /// <summary>The thresholds from ∞ down, with how many positives and negatives score at least as much.</summary>
    private static List<(double Threshold, double Right, double Wrong)> Steps((double[] Scores, bool[] IsPositive) examples)
    {
        var (scores, isPositive) = examples;
        Array.Sort(scores, isPositive);
        var steps = new List<(double Threshold, double Right, double Wrong)> { (double.PositiveInfinity, 0, 0) };
        var (right, wrong) = (0, 0);
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            (right, wrong) = isPositive[i] ? (right + 1, wrong) : (right, wrong + 1);
            if (i == 0 || scores[i - 1] != scores[i])
                steps.Add((scores[i], right, wrong));
        }
        return steps;
    }

    private static (double[] Scores, bool[] IsPositive) Binary(string operation, Tensor scores, Tensor classes)
    {
        Require.NotNull(scores, operation);
        Require.NotNull(classes, operation);
        Require.That(
            scores.Rank == 1 && scores.Shape.Size > 0 && classes.Shape.Equals(scores.Shape),
            $"[{operation}] got scores {scores.Shape} and classes {classes.Shape}; expected [batch] twice, not empty"
        );
        var values = scores.ToArray();
        CheckNumbers(operation, values);
        return (values, Array.ConvertAll(ClassNumbers(operation, classes, 2), number => number == 1));
    }

    private static (double[] Scores, int[] Classes, int Count) Read(string operation, Tensor scores, Tensor classes)
    {
        CheckShapes(operation, scores, classes);
        Require.That(scores.Rank == 2, $"[{operation}] got scores {scores.Shape}; expected [batch,classes]");
        var values = scores.ToArray();
        CheckNumbers(operation, values);
        return (values, ClassNumbers(operation, classes, scores.Shape[1]), scores.Shape[1]);
    }

    internal static void CheckNumbers(string operation, double[] scores)
    {
        var position = Array.FindIndex(scores, double.IsNaN);
        Require.That(position < 0, $"[{operation}] got NaN at position {position} of scores; expected numbers");
    }

    /// <summary>Checked class numbers.</summary>
    internal static int[] ClassNumbers(string operation, Tensor classes, int count, string what = "classes")
    {
        var numbers = classes.ToArray();
        var position = Array.FindIndex(numbers, number => !(number >= 0 && number < count && number == Math.Floor(number)));
        if (position >= 0)
            Require.Fail(
                $"[{operation}] got {numbers[position]} at position {position} of {what}; expected whole numbers 0 to {count - 1}"
            );
        return Array.ConvertAll(numbers, number => (int)number);
    }
}
