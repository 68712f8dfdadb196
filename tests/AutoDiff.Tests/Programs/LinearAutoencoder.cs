using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Programs;

/// <summary>
/// Every critical point of a linear autoencoder: one, up to invertible maps of the code, for each set of at most as many eigenvectors of the covariance as the code
/// has units (Baldi, Hornik 1989). Loss, index and nullity of all are closed forms, and <see cref="CriticalPoint"/> finds each of them.
/// </summary>
public sealed partial class LinearAutoencoder
{
    private const int Inputs = 16;
    private const int Code = 4;
    private static readonly Tensor _deviations = Sqrt(1 + Tensor.Range(Inputs)); // covariance diag(1 … 16): eigenvectors are the axes

    /// <param name="Encoder">[code, inputs].</param>
    /// <param name="Decoder">[inputs, code].</param>
    [TensorTree]
    private sealed partial record Weights(Tensor Encoder, Tensor Decoder);

    /// <summary>E‖x − D·E·x‖².</summary>
    private static Tensor Loss(Weights w) => Sum(Square((Tensor.Eye(Inputs) - MatMul(w.Decoder, w.Encoder)) * _deviations));

    /// <summary>The net that gives the kept inputs back and 0 for the others.</summary>
    private static Weights Keeping(int[] kept)
    {
        var encoder = new double[Code, Inputs];
        for (var unit = 0; unit < kept.Length; unit++)
            encoder[unit, kept[unit]] = 1;
        return new(Tensor.Of(encoder), Transpose(Tensor.Of(encoder)));
    }

    /// <summary>All sets of at most <see cref="Code"/> inputs: 1 + 16 + 120 + 560 + 1820.</summary>
    private static int[][] Sets() =>
        [
            .. Enumerable
                .Range(0, 1 << Inputs)
                .Where(bits => int.PopCount(bits) <= Code)
                .Select(bits => Enumerable.Range(0, Inputs).Where(i => ((bits >> i) & 1) == 1).ToArray()),
        ];

    [Fact]
    public void EveryCriticalPointIsNamed()
    {
        var (objective, sets) = (Objective.Of(Loss, Keeping([])), Sets());
        var points = new CriticalPoint<Weights>[sets.Length];
        Parallel.For(0, sets.Length, i => points[i] = CriticalPoint.Classify(objective, Keeping(sets[i]), new() { Threads = 1 }));

        Assert.Equal(2517, points.Length);
        Assert.All(sets.Zip(points), pair => AssertNamed(pair.First, pair.Second));
        Assert.Equal((64, 136), (points[0].Index, Math.Round(points[0].Loss, 9)));
        Assert.Equal([78, 79, 80], points.Select(point => Math.Round(point.Loss, 9)).Distinct().Order().Take(3));
        Assert.Single(points, point => point.Index == 0); // every other one is a saddle: no minimum but the best
        Assert.Equal(135, sets.Zip(points, (kept, point) => (kept.Length, point.Index, Math.Round(point.Loss, 9))).Distinct().Count());
    }

    /// <summary>A map G of the code and its inverse after it change no output: index and nullity stay, though the eigenvalues do not.</summary>
    [Fact]
    public void MapsOfTheCodeChangeNoName()
    {
        var (objective, sets) = (Objective.Of(Loss, Keeping([])), Sets());
        for (var i = 0; i < sets.Length; i += 63)
        {
            var (map, net) = (Key.Of((ulong)i).Normal([Code, Code]), Keeping(sets[i]));
            var mapped = new Weights(MatMul(map, net.Encoder), Transpose(Solve(Transpose(map), Transpose(net.Decoder))));
            AssertNamed(sets[i], CriticalPoint.Classify(objective, Transforms.Evaluate(mapped)));
        }
    }

    private static void AssertNamed(int[] kept, CriticalPoint<Weights> point)
    {
        var (n, p, q) = (Inputs, Code, kept.Length);
        var better = kept.Sum(i => Enumerable.Range(i + 1, n - 1 - i).Except(kept).Count()); // pairs of a kept and a larger lost eigenvalue
        var index = ((p - q) * (n - q)) + better;
        var nullity = (p * p) - ((p - q) * (p - q));
        var what = $"keeping [{string.Join(' ', kept)}]: {point}";
        Assert.True(Math.Abs(point.Loss - (136 - kept.Sum(i => i + 1))) <= 1e-9, what);
        Assert.True(point.Index == index && point.Nullity == nullity && point.IndexConfirmed, what);
        Assert.True(point.Kind == (index == 0 ? CriticalPointKind.Degenerate : CriticalPointKind.Saddle), what);
    }
}
