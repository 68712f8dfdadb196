using AutoDiff.Curvature;
using AutoDiff.Laws;
using Xunit;
using Outcome = AutoDiff.Curvature.Outcome;

namespace AutoDiff.Properties;

/// <summary>What Lanczos' pairs are, over matrices whose spectrum is known.</summary>
public sealed class LanczosLaws
{
    /// <summary>How near in units of the tolerance an eigenvalue may be that stands for another.</summary>
    private const double Near = 1000;

    private static readonly Law<KnownSpectrum> BoundsHold = new(
        "BoundsHold",
        "every error bound is at least the error, every place is right to the tolerance, and nothing is missed",
        problem =>
        {
            var (values, matrix, error) = problem.Make();
            var a = MatrixOperator.Of(matrix, problem.Size);
            var largest = Lanczos.Largest(a, problem.Count, problem.Options());
            var smallest = Lanczos.Smallest(a, problem.Count, problem.Options());
            var (lower, upper) = Lanczos.BothEnds(a, problem.Count, 1 + (problem.Count / 2), problem.Options());
            return Judge("largest", largest, values[^problem.Count..], values, error, problem.Tolerance)
                ?? Judge("smallest", smallest, values[..problem.Count], values, error, problem.Tolerance)
                ?? Judge("lower of both", lower, values[..problem.Count], values, error, problem.Tolerance)
                ?? Judge("upper of both", upper, values[^(1 + (problem.Count / 2))..], values, error, problem.Tolerance)
                ?? new Verdict.Holds();
        }
    );

    private static readonly Law<KnownSpectrum> PowersOfTwoScale = new(
        "PowersOfTwoScale",
        "2ᵏ·A has the same pairs in every bit, the values times 2ᵏ",
        problem =>
        {
            var (_, matrix, _) = (problem with { Exponent = 0 }).Make();
            var plain = Lanczos.Largest(MatrixOperator.Of(matrix, problem.Size), problem.Count, problem.Options());
            var times = Lanczos.Largest(
                MatrixOperator.Of([.. matrix.Select(x => x * 1024)], problem.Size),
                problem.Count,
                problem.Options()
            );
            return plain.Products == times.Products && plain.Value.Zip(times.Value).All(two => Same(two.First, two.Second))
                ? new Verdict.Holds()
                : new Verdict.Fails($"{plain.Eigenvalues[0]:R} and {times.Eigenvalues[0]:R}");

            static bool Same(RitzPair x, RitzPair y) =>
                (1024 * x.Value, 1024 * x.Residual) == (y.Value, y.Residual) && x.Vector.AsSpan().SequenceEqual(y.Vector.AsSpan());
        }
    );

    private static readonly Law<KnownSpectrum> ShiftsMoveValues = new(
        "ShiftsMoveValues",
        "A + σI has the values of A plus σ, to the bounds of both",
        problem =>
        {
            var (_, matrix, error) = problem.Make();
            var a = MatrixOperator.Of(matrix, problem.Size);
            var shift = 0.5 * VectorLoops.Norm(matrix);
            return Agree(a, a.Shift(shift), shift, error, problem);
        }
    );

    private static readonly Law<KnownSpectrum> AxesDoNotMatter = new(
        "AxesDoNotMatter",
        "QᵀAQ has the values of A, to the bounds of both",
        problem =>
        {
            var (_, matrix, error) = problem.Make();
            var (_, turned, _) = problem.Make(turn: 7);
            return Agree(MatrixOperator.Of(matrix, problem.Size), MatrixOperator.Of(turned, problem.Size), 0, error, problem);
        }
    );

    private static readonly Law<KnownSpectrum> SameKeySameBits = new(
        "SameKeySameBits",
        "the same key gives the same bits, on any number of threads",
        problem =>
        {
            var (_, matrix, _) = problem.Make();
            var a = MatrixOperator.Of(matrix, problem.Size);
            var one = Lanczos.Smallest(a, problem.Count, problem.Options());
            var two = Lanczos.Smallest(a, problem.Count, problem.Options() with { Threads = 3 });
            return
                one.Products == two.Products
                && one.Value.Zip(two.Value).All(pair => pair.First.Vector.AsSpan().SequenceEqual(pair.Second.Vector.AsSpan()))
                ? new Verdict.Holds()
                : new Verdict.Fails("other bits");
        }
    );

    private static readonly Law<KnownSpectrum> NearestAreNearest = new(
        "NearestAreNearest",
        "no eigenvalue lies nearer to the shift than those found, by the matrix and by its inverse",
        problem =>
        {
            var (values, matrix, error) = (problem with { Exponent = 0 }).Make();
            var (n, norm) = (problem.Size, Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])));
            var a = MatrixOperator.Of(matrix, n);
            // Between two eigenvalues, or beyond all.
            var gap = Enumerable.Range(0, n).MaxBy(i => values[i] - (i == 0 ? values[0] - 1 : values[i - 1]));
            var shift = values[gap] - (0.4 * (values[gap] - (gap == 0 ? values[0] - 1 : values[gap - 1])));
            var expected = values.OrderBy(x => Math.Abs(x - shift)).Take(problem.Count).Select(x => Math.Abs(x - shift)).ToArray();
            var inverse = MatrixOperator.Of(Inverse(matrix, n, shift), n);
            foreach (
                var found in new[]
                {
                    Lanczos.Nearest(a, shift, problem.Count, problem.Options()),
                    Lanczos.Nearest(a, shift, problem.Count, inverse, problem.Options()),
                }
            )
            {
                var distances = found.Eigenvalues.Select(x => Math.Abs(x - shift)).Order().ToArray();
                var allowed = found.Value.Max(pair => pair.ErrorBound) + error + (Near * problem.Tolerance * norm);
                if (found.Outcome != Outcome.Converged || found.Unexcluded > 0 || distances.Length != problem.Count)
                    return new Verdict.Fails($"{found.Outcome}, {found.Unexcluded} not excluded");
                for (var i = 0; i < distances.Length; i++)
                {
                    if (!(Math.Abs(distances[i] - expected[i]) <= allowed))
                        return new Verdict.Fails($"distance {distances[i]:R}, expected {expected[i]:R}");
                }
            }
            return new Verdict.Holds();
        }
    );

    [Fact]
    public void Bounds_hold() => Run.Holds(BoundsHold, KnownSpectrum.All, "known spectra", 400);

    [Fact]
    public void Powers_of_two_scale() => Run.Holds(PowersOfTwoScale, KnownSpectrum.All, "known spectra", 100);

    [Fact]
    public void Shifts_move_values() => Run.Holds(ShiftsMoveValues, KnownSpectrum.All, "known spectra", 100);

    [Fact]
    public void Axes_do_not_matter() => Run.Holds(AxesDoNotMatter, KnownSpectrum.All, "known spectra", 100);

    [Fact]
    public void Same_key_same_bits() => Run.Holds(SameKeySameBits, KnownSpectrum.All, "known spectra", 100);

    [Fact]
    public void Nearest_are_nearest() => Run.Holds(NearestAreNearest, KnownSpectrum.All, "known spectra", 100);

    private static Verdict Agree(LinearOperator a, LinearOperator b, double shift, double error, KnownSpectrum problem)
    {
        var (x, y) = (Lanczos.Largest(a, problem.Count, problem.Options()), Lanczos.Largest(b, problem.Count, problem.Options()));
        for (var i = 0; i < problem.Count; i++)
        {
            var allowed =
                x.Value[i].ErrorBound + y.Value[i].ErrorBound + (2 * error) + (Near * problem.Tolerance * Math.Max(x.Norm, y.Norm));
            if (!(Math.Abs(x.Value[i].Value + shift - y.Value[i].Value) <= allowed))
                return new Verdict.Fails(
                    $"{string.Join(' ', x.Eigenvalues.Select(v => v + shift))} {x.Outcome} {x.Products} and {string.Join(' ', y.Eigenvalues)} {y.Outcome} {y.Products}: {x.Measure} {y.Measure}"
                );
        }
        return new Verdict.Holds();
    }

    private static Verdict? Judge(string what, EigenPairs found, double[] expected, double[] all, double error, double tolerance)
    {
        if (found.Outcome != Outcome.Converged || found.Unexcluded > 0 || found.Value.Length != expected.Length)
            return new Verdict.Fails($"{what}: {found.Outcome}, {found.Unexcluded} not excluded, {found.Value.Length} pairs");
        for (var i = 0; i < expected.Length; i++)
        {
            var pair = found.Value[i];
            var distance = all.Min(x => Math.Abs(x - pair.Value));
            if (!(distance <= pair.ErrorBound + error))
                return new Verdict.Fails($"{what}: {pair.Value:R} is {distance} from any eigenvalue, its bound is {pair.ErrorBound}");
            if (!(Math.Abs(pair.Value - expected[i]) <= pair.ErrorBound + error + (Near * tolerance * found.Norm)))
                return new Verdict.Fails($"{what}: {pair.Value:R} at place {i}, expected {expected[i]:R}");
            if (!(pair.Residual <= tolerance * found.Norm * (1 + 1e-12)))
                return new Verdict.Fails($"{what}: residual {pair.Residual}");
        }
        return null;
    }

    private static double[] Inverse(double[] matrix, int n, double shift)
    {
        var shifted = (double[])matrix.Clone();
        for (var i = 0; i < n; i++)
            shifted[i * (n + 1)] -= shift;
        var eigen = SymmetricEigen.Decompose(shifted, n);
        var inverse = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            var v = eigen.Vectors.AsSpan(k * n, n);
            for (var i = 0; i < n; i++)
                VectorLoops.AddScaled(v[i] / eigen.Eigenvalues[k], v, inverse.AsSpan(i * n, n));
        }
        _ = SymmetricMatrix.Symmetrize(inverse, n);
        return inverse;
    }
}
