using System.Numerics;
using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Problems;

/// <summary>
/// A search for the critical points of the linear autoencoder 16→4→16 without bias, on data of covariance diag(1, …, 16), of which Baldi and Hornik (1989) know all:
/// one family for each set I of at most four of the eigenvectors.
/// </summary>
public static partial class AutoencoderSearch
{
    private const int Inputs = 16;
    private const int Hidden = 4;

    private static readonly Tensor Deviations = Sqrt(Tensor.Of([.. Enumerable.Range(1, Inputs).Select(i => (double)i)]));

    /// <summary>Encoder [4, 16] and decoder [16, 4].</summary>
    [TensorTree]
    public sealed partial record Weights(Tensor Encoder, Tensor Decoder);

    /// <summary>What tells families apart, as far as the loss shows it.</summary>
    /// <param name="Rank">The rank of decoder times encoder, |I|.</param>
    /// <param name="Index">(4 − |I|)(16 − |I|) + #{i ∈ I, j ∉ I: λⱼ > λᵢ}.</param>
    /// <param name="Loss">136 − Σ_I λᵢ.</param>
    public sealed record Kind(int Rank, int Index, double Loss);

    /// <summary>All 135 kinds with their nullities, 16 − (4 − |I|)².</summary>
    public static IReadOnlyDictionary<Kind, int> Known { get; } =
        Enumerable
            .Range(0, 1 << Inputs)
            .Where(set => BitOperations.PopCount((uint)set) <= Hidden)
            .Select(OfSet)
            .Distinct()
            .ToDictionary(kind => kind, kind => (Hidden * Hidden) - ((Hidden - kind.Rank) * (Hidden - kind.Rank)));

    /// <summary>E‖x − W₂W₁x‖².</summary>
    public static Tensor Loss(Weights w) => Sum(Square((Tensor.Eye(Inputs) - MatMul(w.Decoder, w.Encoder)) * Deviations));

    /// <summary>The kind of a point that was found.</summary>
    public static Kind Of(CriticalPoint<Weights> point)
    {
        var product = Transforms.Evaluate(MatMul(point.Point.Decoder, point.Point.Encoder)).ToArray();
        var gram = new double[Inputs * Inputs];
        for (var i = 0; i < gram.Length; i++)
        {
            for (var k = 0; k < Inputs; k++)
                gram[i] += product[(i / Inputs * Inputs) + k] * product[(i % Inputs * Inputs) + k];
        }
        // Squares of singular values, which are 0 or 1.
        var rank = SymmetricEigen.Decompose(gram, Inputs, vectors: false, threads: 1).Eigenvalues.Count(square => square > 1e-6);
        return new(rank, point.Index, Math.Round(point.Loss, 6));
    }

    /// <summary>Whether a point that was found has a kind, index and nullity that there are.</summary>
    public static bool IsKnown(CriticalPoint<Weights> point) => Known.TryGetValue(Of(point), out var nullity) && nullity == point.Nullity;

    /// <summary>Starts of a round: half of them normal, of a spread of scales; half along paths of descent from such.</summary>
    public static IReadOnlyList<Weights> Round(Objective<Weights> objective, Key key, int count)
    {
        var like = new Weights(Tensor.Zeros([Hidden, Inputs]), Tensor.Zeros([Inputs, Hidden]));
        double[] scales = [0.03, 0.1, 0.2, 0.3, 0.45];
        var (random, along) = key.Split();
        var starts = new List<Weights>(count);
        for (var i = 0; starts.Count < count; i++)
        {
            var scale = scales[i % scales.Length];
            starts.AddRange(Starts.Normal(like, random.FoldIn((ulong)i), PerDraw, scale));
            var path = Starts.Normal(like, along.FoldIn((ulong)i), 1, scale)[0];
            starts.AddRange(Starts.AlongDescent(objective, path, PerDraw, every: 12, rate: 2e-3));
        }
        return [.. starts.Take(count)];
    }

    private const int PerDraw = 4;

    /// <summary>An objective of the loss.</summary>
    public static Objective<Weights> NewObjective() =>
        Objective.Of(Loss, new Weights(Tensor.Zeros([Hidden, Inputs]), Tensor.Zeros([Inputs, Hidden])));

    /// <summary>The points that the searches of a round come to, one of each kind.</summary>
    public static CriticalPoints<Weights> Find(
        Objective<Weights> objective,
        Key key,
        int count,
        int threads,
        CancellationToken cancellation = default
    ) =>
        CriticalPoint.Find(
            objective,
            Round(objective, key, count),
            new()
            {
                Method = FindMethod.DampedNewton,
                Family = Of,
                Threads = threads,
                Cancellation = cancellation,
            }
        );

    private static Kind OfSet(int set)
    {
        var (index, loss) = (0, Inputs * (Inputs + 1) / 2);
        for (var i = 0; i < Inputs; i++)
        {
            if ((set >> i & 1) == 0)
                continue;
            loss -= i + 1;
            index += Inputs - 1 - i - BitOperations.PopCount((uint)(set >> (i + 1)));
        }
        var rank = BitOperations.PopCount((uint)set);
        return new(rank, ((Hidden - rank) * (Inputs - rank)) + index, loss);
    }
}
