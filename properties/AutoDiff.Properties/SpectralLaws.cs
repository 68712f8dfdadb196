using AutoDiff.Curvature;
using AutoDiff.Laws;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What the eigenvalues of composed operators must be, whatever they are made of.</summary>
public sealed class SpectralLaws
{
    private const int MostSize = 9;

    private static readonly Law<Spectra> BlocksInterlace = new(
        "BlocksInterlace",
        "λᵢ(A) ≤ λᵢ(B) ≤ λᵢ₊ₙ₋ₘ(A) for a block B of m of the n positions (Cauchy)",
        example =>
        {
            var (n, m) = (example.Size, example.Random.Next(example.Size + 1));
            var block = example.A.Operator.Block(GeneratedOperator.Set(GeneratedOperator.Positions(example.Random, n, m)));
            var (all, some) = (example.Eigenvalues(example.A.Operator), example.Eigenvalues(block));
            return Enumerable
                .Range(0, m)
                .SelectMany(i => new[] { example.NotAbove("λᵢ(A)", all[i], some[i]), example.NotAbove("λᵢ(B)", some[i], all[i + n - m]) });
        }
    );

    private static readonly Law<Spectra> SumsObeyWeyl = new(
        "SumsObeyWeyl",
        "λᵢ(A) + λⱼ(B) ≤ λᵢ₊ⱼ(A + B), and λᵢ₊ⱼ₋ₙ₊₁(A + B) ≤ λᵢ(A) + λⱼ(B), counted from 0 (Weyl 1912)",
        example =>
        {
            var (a, b) = (example.Eigenvalues(example.A.Operator), example.Eigenvalues(example.B.Operator));
            var (sum, n) = (example.Eigenvalues(example.A.Operator.Plus(example.B.Operator)), example.Size);
            return Enumerable
                .Range(0, n * n)
                .Select(k => (I: k / n, J: k % n))
                .SelectMany(at =>
                    new[]
                    {
                        at.I + at.J < n ? example.NotAbove("below", a[at.I] + b[at.J], sum[at.I + at.J]) : new Verdict.Holds(),
                        at.I + at.J >= n - 1 ? example.NotAbove("above", sum[at.I + at.J - n + 1], a[at.I] + b[at.J]) : new Verdict.Holds(),
                    }
                );
        }
    );

    private static readonly Law<Spectra> OrthogonalChangesKeepEigenvalues = new(
        "OrthogonalChangesKeepEigenvalues",
        "QᵀAQ has the eigenvalues of A for a reflection Q = I − 2vvᵀ ⁄ vᵀv",
        example =>
        {
            var v = PlainMatrix.Random(example.Random, 1, example.Size).Elements;
            double[] ones = [.. Enumerable.Repeat(1.0, example.Size)];
            var reflection = LowRankOperator.Of(ones, v, 1, [-2 / v.Sum(x => x * x)]);
            return example.Same("QᵀAQ", example.A.Operator.Sandwich(reflection), example.Eigenvalues(example.A.Operator));
        }
    );

    private static readonly Law<Spectra> PermutationsKeepEigenvalues = new(
        "PermutationsKeepEigenvalues",
        "A with its rows and columns in another order has the eigenvalues of A",
        example =>
        {
            var order = GeneratedOperator.Set(GeneratedOperator.Positions(example.Random, example.Size, example.Size));
            return example.Same("PᵀAP", example.A.Operator.Block(order), example.Eigenvalues(example.A.Operator));
        }
    );

    private static readonly Law<Spectra> ScalesAndShiftsMoveEigenvalues = new(
        "ScalesAndShiftsMoveEigenvalues",
        "s·A + σ has the eigenvalues s·λ + σ",
        example =>
        {
            var (s, shift) = ((2 * example.Random.NextDouble()) - 1, (2 * example.Random.NextDouble()) - 1);
            double[] expected = [.. example.Eigenvalues(example.A.Operator).Select(value => (s * value) + shift).Order()];
            return example.Same("s·A + σ", example.A.Operator.Scale(s).Shift(shift), expected);
        }
    );

    private static readonly Law<Spectra> DirectSumsUniteSpectra = new(
        "DirectSumsUniteSpectra",
        "A ⊕ B has the eigenvalues of both",
        example =>
        {
            double[] both = [.. example.Eigenvalues(example.A.Operator), .. example.Eigenvalues(example.B.Operator)];
            return example.Same("A ⊕ B", LinearOperator.DirectSum(example.A.Operator, example.B.Operator), [.. both.Order()]);
        }
    );

    private static readonly Law<Spectra> GramsAreSquares = new(
        "GramsAreSquares",
        "the Gram operator of a symmetric A has the eigenvalues λ²",
        example =>
        {
            double[] squares = [.. example.Eigenvalues(example.A.Operator).Select(value => value * value).Order()];
            return example.Same("AᵀA", example.A.Operator.Gram(), squares, example.A.Magnitude);
        }
    );

    public static TheoryData<string> Names => [.. All.Select(law => law.Name)];

    private static Law<Spectra>[] All =>
        [
            BlocksInterlace,
            SumsObeyWeyl,
            OrthogonalChangesKeepEigenvalues,
            PermutationsKeepEigenvalues,
            ScalesAndShiftsMoveEigenvalues,
            DirectSumsUniteSpectra,
            GramsAreSquares,
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string name) =>
        Run.Holds(
            All.Single(law => law.Name == name).On((int seed) => Spectra.Of(seed)),
            Arb.From(Gen.Choose(1, 1_000_000)),
            "operators",
            200
        );

    /// <summary>Two symmetric operators of one size.</summary>
    private sealed record Spectra(GeneratedOperator A, GeneratedOperator B, Random Random)
    {
        public int Size => A.Operator.Size;

        public static Spectra Of(int seed)
        {
            var random = new Random(seed);
            var size = random.Next(1, MostSize);
            return new(GeneratedOperator.OfSymmetric(random, size), GeneratedOperator.OfSymmetric(random, size), random);
        }

        public double[] Eigenvalues(LinearOperator a)
        {
            var matrix = a.ToMatrix();
            // What cancels is symmetric to the rounding of its parts only.
            SymmetricMatrix.Symmetrize(matrix, a.Size);
            return [.. SymmetricEigen.Decompose(matrix, a.Size, vectors: false).Eigenvalues];
        }

        public Verdict NotAbove(string what, double lower, double upper) =>
            lower <= upper + Allowed(1)
                ? new Verdict.Holds()
                : new Verdict.Fails($"{what}: {lower} is above {upper} by {lower - upper}, allowed {Allowed(1)}; {this}");

        public Verdict Same(string what, LinearOperator a, double[] expected, double factor = 1) =>
            Agreement.Within($"{what}, {this}", Eigenvalues(a), expected, _ => Allowed(factor));

        public override string ToString() => $"A = {A}, B = {B}";

        private double Allowed(double factor) => 1e-13 * (A.Magnitude + B.Magnitude + 1) * Math.Max(factor, 1);
    }
}
