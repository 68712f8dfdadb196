namespace AutoDiff.Nets;

public sealed partial record ConfusionMatrix
{
    /// <summary>The share of examples predicted right; 0 without examples.</summary>
    public double Accuracy => Share(Right, Total);

    /// <summary>The mean recall of the classes that occur; NaN without examples.</summary>
    public double BalancedAccuracy
    {
        get
        {
            int[] occurring = [.. Each.Where(index => _actual[index] > 0)];
            return occurring.Length == 0 ? double.NaN : occurring.Average(Recall);
        }
    }

    /// <summary>Matthews's correlation of true and predicted classes, −1 … 1; 0 where either are all of one class.</summary>
    /// <remarks>(c·n − Σ aₖpₖ) ⁄ √((n² − Σ aₖ²)(n² − Σ pₖ²)) with c of n examples right, aₖ of class k, pₖ predicted as k. Source: Gorodkin (2004).</remarks>
    public double MatthewsCorrelation
    {
        get
        {
            // Exact until the end: the sums are near each other where there is no correlation.
            Int128 n = Total;
            var (both, actual, predicted) = ((Int128)0, n * n, n * n);
            foreach (var index in Each)
            {
                Int128 a = _actual[index];
                Int128 p = _predicted[index];
                (both, actual, predicted) = (both + (a * p), actual - (a * a), predicted - (p * p));
            }
            return Share((double)((Right * n) - both), Math.Sqrt((double)actual) * Math.Sqrt((double)predicted));
        }
    }

    /// <summary>Cohen's kappa (pₒ − pₑ) ⁄ (1 − pₑ): agreement beyond that of chance; NaN where chance agrees always, or without examples.</summary>
    public double CohensKappa
    {
        get
        {
            Int128 n = Total;
            var chance = (Int128)0;
            foreach (var index in Each)
                chance += (Int128)_actual[index] * _predicted[index];
            return (double)((Right * n) - chance) / (double)((n * n) - chance);
        }
    }

    private IEnumerable<int> Each => Enumerable.Range(0, Classes);

    private long Right => Each.Sum(index => At(index, index));

    /// <summary>The share of a class among what was predicted as it.</summary>
    /// <param name="index">The class.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Precision(int index) => Score(index, of => Share(of.Right, of.Predicted));

    /// <summary>The precisions of all classes as one.</summary>
    /// <param name="average">How.</param>
    /// <exception cref="ArgumentException">It has no name.</exception>
    public double Precision(ClassAverage average) => Score(average, of => Share(of.Right, of.Predicted));

    /// <summary>The share of a class that was predicted as it.</summary>
    /// <param name="index">The class.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Recall(int index) => Score(index, of => Share(of.Right, of.Actual));

    /// <summary>The recalls of all classes as one.</summary>
    /// <param name="average">How.</param>
    /// <exception cref="ArgumentException">It has no name.</exception>
    public double Recall(ClassAverage average) => Score(average, of => Share(of.Right, of.Actual));

    /// <summary>The share of the other classes that was not predicted as a class.</summary>
    /// <param name="index">The class.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Specificity(int index) => Score(index, RightlyNot);

    /// <summary>The specificities of all classes as one.</summary>
    /// <param name="average">How.</param>
    /// <exception cref="ArgumentException">It has no name.</exception>
    public double Specificity(ClassAverage average) => Score(average, RightlyNot);

    /// <summary>F of a class: the harmonic mean of precision and recall, recall weighing β² times as much.</summary>
    /// <param name="index">The class.</param>
    /// <param name="beta">β, above 0.</param>
    /// <remarks>(1 + β²)·right ⁄ (predicted + β²·actual).</remarks>
    /// <exception cref="ArgumentException">The class is out of range, or β not finite and above 0.</exception>
    public double FScore(int index, double beta = 1) => Score(index, F(beta));

    /// <summary>The F of all classes as one.</summary>
    /// <param name="average">How.</param>
    /// <param name="beta">β, above 0.</param>
    /// <exception cref="ArgumentException">The average has no name, or β is not finite and above 0.</exception>
    public double FScore(ClassAverage average, double beta = 1) => Score(average, F(beta));

    private static double RightlyNot(Counts of) => Share(of.Total - of.Actual - of.Predicted + of.Right, of.Total - of.Actual);

    private static Func<Counts, double> F(double beta)
    {
        Require.That(beta > 0 && double.IsFinite(beta), $"[ConfusionMatrix.FScore] got β {beta}; expected a finite number above 0");
        var square = beta * beta;
        return of => Share((1 + square) * of.Right, of.Predicted + (square * of.Actual));
    }

    private double Score(int index, Func<Counts, double> score)
    {
        CheckClass(index);
        return score(new(At(index, index), _actual[index], _predicted[index], Total));
    }

    private double Score(ClassAverage average, Func<Counts, double> score)
    {
        Require.That(Enum.IsDefined(average), $"[ConfusionMatrix] got average {(int)average}; expected a named one");
        return average switch
        {
            ClassAverage.Macro => Each.Average(index => Score(index, score)),
            ClassAverage.Micro => score(new(Right, Total, Total, (double)Total * Classes)),
            ClassAverage.Weighted => Share(Each.Sum(index => Score(index, score) * _actual[index]), Total),
        };
    }

    /// <summary>What a figure of one class is made of, or of all of them added up.</summary>
    private readonly record struct Counts(double Right, double Actual, double Predicted, double Total);
}
