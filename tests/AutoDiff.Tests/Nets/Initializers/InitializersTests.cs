using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

/// <summary>Initial weights have the moments that their names say, and the same key gives the same bits.</summary>
public class InitializersTests
{
    private const int Draws = 400_000;

    private static readonly Shape Weight = [500, 800];
    private static readonly Fans Given = new(50, 20);

    // Name, initializer, standard deviation, kurtosis (3 of the normal, 9/5 of the uniform distribution), largest magnitude.
    private static readonly Dictionary<string, (Initializer Initializer, double Deviation, double Kurtosis, double Largest)> Drawn = new()
    {
        ["normal 1"] = (Initializers.Normal(), 1, 3, 6),
        ["normal 0.01"] = (Initializers.Normal(0.01), 0.01, 3, 0.06),
        ["uniform 0.5"] = (Initializers.Uniform(0.5), 0.5 / Math.Sqrt(3), 1.8, 0.5),
        ["uniform -1 to 1"] = (Initializers.Uniform(-1, 1), 1 / Math.Sqrt(3), 1.8, 1),
        ["truncated normal"] = (Initializers.TruncatedNormal(0.3), 0.3, TruncatedKurtosis, 0.6 / TruncatedDeviation),
        ["Xavier normal"] = (Initializers.XavierNormal(), Math.Sqrt(2.0 / 70), 3, 6 * Math.Sqrt(2.0 / 70)),
        ["Xavier normal, tanh"] = (Initializers.XavierNormal(Gains.Tanh), 5.0 / 3 * Math.Sqrt(2.0 / 70), 3, 10 * Math.Sqrt(2.0 / 70)),
        ["Xavier uniform"] = (Initializers.XavierUniform(), Math.Sqrt(2.0 / 70), 1.8, Math.Sqrt(6.0 / 70)),
        ["He normal"] = (Initializers.HeNormal(), Math.Sqrt(2.0 / 50), 3, 6 * Math.Sqrt(2.0 / 50)),
        ["He normal, out"] = (Initializers.HeNormal(FanMode.Out), Math.Sqrt(2.0 / 20), 3, 6 * Math.Sqrt(2.0 / 20)),
        ["He uniform"] = (Initializers.HeUniform(), Math.Sqrt(2.0 / 50), 1.8, Math.Sqrt(6.0 / 50)),
        ["He uniform, out, linear"] = (Initializers.HeUniform(FanMode.Out, Gains.Linear), Math.Sqrt(1.0 / 20), 1.8, Math.Sqrt(3.0 / 20)),
        ["LeCun normal"] = (Initializers.LeCunNormal, Math.Sqrt(1.0 / 50), 3, 6 * Math.Sqrt(1.0 / 50)),
        ["LeCun uniform"] = (Initializers.LeCunUniform, Math.Sqrt(1.0 / 50), 1.8, Math.Sqrt(3.0 / 50)),
        ["LeCun truncated"] = (
            Initializers.LeCunTruncated,
            Math.Sqrt(1.0 / 50),
            TruncatedKurtosis,
            2 * Math.Sqrt(1.0 / 50) / TruncatedDeviation
        ),
    };

    // Of a standard normal number within ±2 (Johnson, Kotz, Balakrishnan 1994, 13.10): 1 − 4φ(2)/P, and E x⁴ = 3 E x² − 2·8φ(2)/P, P = 2Φ(2) − 1.
    private const double TruncatedDeviation = 0.87962566103423978;
    private const double TruncatedKurtosis = 2.3655;

    [Fact]
    public void ATruncatedNumberIsAStandardOneScaled()
    {
        var scaled = Initializers.TruncatedNormal(0.3).Draw(Key.Of(7), Weight, Given).ToArray();
        var standard = Key.Of(7).TruncatedNormal(Weight).ToArray();
        Assert.Equal(standard.Select(one => 0.3 / TruncatedDeviation * one), scaled, (a, b) => Math.Abs(a - b) <= 1e-15);
    }

    public static TheoryData<string> Names => [.. Drawn.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void MomentsAreAsSaid(string name)
    {
        var (initializer, deviation, kurtosis, largest) = Drawn[name];
        var weights = initializer.Draw(Key.Of(7), Weight, Given).ToArray();
        Assert.Equal(Draws, weights.Length);
        var (mean, second, fourth) = (weights.Average(), weights.Average(w => w * w), weights.Average(w => w * w * w * w));
        // 4.5 standard errors each: σ/√n, and (κ − 1)/n of σ² by its relative variance.
        Assert.InRange(mean / deviation, -4.5 / Math.Sqrt(Draws), 4.5 / Math.Sqrt(Draws));
        var tolerance = 4.5 * Math.Sqrt((kurtosis - 1) / Draws);
        Assert.InRange(second / (deviation * deviation), 1 - tolerance, 1 + tolerance);
        Assert.InRange(fourth / (second * second), kurtosis * 0.98, kurtosis * 1.02);
        Assert.InRange(weights.Max(Math.Abs), 0.75 * largest, largest);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSameKeyGivesTheSameBits(string name)
    {
        var initializer = Drawn[name].Initializer;
        var weights = initializer.Draw(Key.Of(3), [2, 3, 4], Given);
        Assert.Equal([2, 3, 4], weights.Shape);
        Assert.Equal(weights.ToArray(), initializer.Draw(Key.Of(3), [2, 3, 4], Given).ToArray());
        Assert.NotEqual(weights.ToArray(), initializer.Draw(Key.Of(4), [2, 3, 4], Given).ToArray());
    }
}
