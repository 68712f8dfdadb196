using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Eigenpairs nearest to a number: by the whole matrix, or by the inverse of A − σI.</summary>
internal static class EigenNearest
{
    private const string Operation = "Lanczos.Nearest";

    /// <summary>How many steps say how large A is, for the tolerance.</summary>
    private const int NormSteps = 8;

    /// <summary>The finest tolerance asked of the inverse's pairs: some digits above rounding.</summary>
    private const double Finest = 1e-14;

    /// <summary>By all eigenvalues of the matrix, and a count of those nearer by inertia.</summary>
    public static EigenPairs Dense(LinearOperator a, double shift, int count, EigenOptions options)
    {
        var n = a.Size;
        var matrix = a.ToMatrix(options);
        Require.Finite(Operation, "the matrix", matrix);
        SymmetricMatrix.Symmetrize(matrix, n);
        var values = SymmetricEigen.Decompose(matrix, n, vectors: false, options.Threads, options.Cancellation).Eigenvalues.ToArray();
        int[] places = [.. Enumerable.Range(0, n).OrderBy(i => Math.Abs(values[i] - shift)).Take(count)];
        var eigen = SymmetricEigen.Pairs(matrix, n, places, options.Threads, options.Cancellation);
        var space = new RitzSpace(a, count);
        foreach (var place in places)
            space.Extend(eigen.Pair(place).Vector.ToArray());
        var found = space.Settle(all => [.. Enumerable.Range(0, all.Length)], options.Part)!;
        var norm = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        var pairs = Pairs(space, found, norm, n);
        return new()
        {
            Value = pairs,
            Outcome = found.Norms.Max() <= Math.Max(options.Tolerance * norm, Rounding(norm, n)) ? Outcome.Converged : Outcome.Breakdown,
            Iterations = 1,
            Products = n + count,
            Measure = found.Norms.Max(),
            Norm = norm,
            Unexcluded = Nearer(matrix, shift, pairs, options),
        };
    }

    /// <summary>By the eigenvalues of largest magnitude μ of the inverse, λ = σ + 1/μ, and Rayleigh quotients with A.</summary>
    public static EigenPairs ByInverse(LinearOperator a, double shift, int count, LinearOperator inverse, EigenOptions options)
    {
        var size = new EigenRun(
            Operation,
            a,
            new(0, 1),
            new()
            {
                Tolerance = 0,
                MaxIterations = NormSteps,
                BlockSize = 1,
                ExcludeMissed = false,
                Key = options.Key,
                Threads = options.Threads,
                Cancellation = options.Cancellation,
            }
        ).Run();
        // (A − σ)v − v/μ = −(A − σ)(Mv − μv)/μ.
        var scale = size.Norm + Math.Abs(shift) is > 0 and var sum ? size.Norm / sum : 1;
        var inner = options with { Tolerance = Math.Max(0.5 * options.Tolerance * scale, Finest), RelativeToEigenvalue = true };
        try
        {
            var inverted = new EigenRun(Operation, inverse, new(0, 0, count), inner).Run();
            return OfA(a, inverted, size, options, options.Part);
        }
        catch (IterationCanceledException<EigenPairs> stopped) when (options.Cancellation.IsCancellationRequested)
        {
            var reached = OfA(a, stopped.Solution, size, options, new() { Threads = options.Threads });
            throw new IterationCanceledException<EigenPairs>(Operation, reached.Iterations, reached, options.Cancellation);
        }
    }

    private static EigenPairs OfA(LinearOperator a, EigenPairs inverted, EigenPairs size, EigenOptions options, RunOptions run)
    {
        var n = a.Size;
        var space = new RitzSpace(a, Math.Max(1, inverted.Value.Length));
        foreach (var pair in inverted.Value)
            space.Extend(pair.Vector.ToArray());
        var found = (inverted.Value.Length > 0 ? space.Settle(all => [.. Enumerable.Range(0, all.Length)], run) : null) ?? new([], [], []);
        var norm = Math.Max(size.Norm, space.Norm);
        var measure = found.Norms.Length > 0 ? found.Norms.Max() : double.NaN;
        var good = Enumerable
            .Range(0, found.Norms.Length)
            .All(i => found.Norms[i] <= options.Tolerance * (options.RelativeToEigenvalue ? Math.Abs(found.Values[i]) : norm));
        return inverted with
        {
            Value = Pairs(space, found, norm, n),
            Outcome =
                found.Norms.Length < inverted.Value.Length ? Outcome.NotFinite
                : inverted.Outcome is not Outcome.Converged and not Outcome.Breakdown ? inverted.Outcome
                : good ? Outcome.Converged
                : Outcome.Breakdown,
            Products = inverted.Products + size.Products + space.Products,
            Measure = measure,
            Norm = norm,
        };
    }

    private static ImmutableArray<RitzPair> Pairs(RitzSpace space, RitzResiduals found, double norm, int n) =>
        [
            .. found.Values.Select(
                (value, i) => new RitzPair(value, [.. space[i]], found.Norms[i], found.Norms[i] + (10 * Rounding(norm, n)))
            ),
        ];

    private static double Rounding(double norm, int n) => Math.Max(10, Math.Sqrt(n)) * Roundoff.Epsilon * norm;

    /// <summary>How many more eigenvalues lie nearer than the farthest pair than there are pairs.</summary>
    private static int Nearer(double[] matrix, double shift, ImmutableArray<RitzPair> pairs, EigenOptions options)
    {
        var radius = pairs.Max(pair => Math.Abs(pair.Value - shift) - (2 * pair.ErrorBound));
        if (!(radius > 0))
            return 0;
        var n = (int)Math.Sqrt(matrix.Length);
        for (var i = 0; i < n; i++)
            matrix[i * (n + 1)] -= shift;
        var band = Inertia.Certify(matrix, n, radius, 0, options.Threads, options.Cancellation);
        return Math.Max(0, band.Within - band.Uncertain - pairs.Length);
    }
}
