namespace AutoDiff.Benchmarks;

/// <summary>How well classes were told apart.</summary>
/// <param name="Accuracy">The share that was right.</param>
/// <param name="Correlation">Matthews's coefficient, for many classes as in Gorodkin (2004).</param>
internal readonly record struct Scores(double Accuracy, double Correlation)
{
    public static Scores Of(ReadOnlySpan<byte> labels, ReadOnlySpan<int> predicted, int classes)
    {
        var (right, actual, guessed) = (0.0, new double[classes], new double[classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            actual[labels[i]]++;
            guessed[predicted[i]]++;
            right += labels[i] == predicted[i] ? 1 : 0;
        }
        double all = labels.Length;
        var covariance = (right * all) - Dot(actual, guessed);
        return new(right / all, covariance / Math.Sqrt(((all * all) - Dot(guessed, guessed)) * ((all * all) - Dot(actual, actual))));
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
