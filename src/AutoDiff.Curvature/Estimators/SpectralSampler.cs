using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Samples that are quadrature rules, or the exact spectrum of an operator that is small.</summary>
/// <param name="operation">In whose name.</param>
/// <param name="a">The operator.</param>
/// <param name="key">What the probes are drawn from.</param>
/// <param name="nodes">The nodes a probe.</param>
/// <param name="options">What the caller wants.</param>
internal abstract class SpectralSampler<TResult>(string operation, LinearOperator a, Key key, int nodes, EstimatorOptions options)
    : Sampler<TResult>(operation, a, options)
{
    /// <summary>The most rows of a matrix, 32 MiB, whose eigenvalues take a second at most.</summary>
    private const int MostDense = 2048;

    /// <summary>Elements of the bases that are in memory at a time, 1 GiB, unless one run takes more.</summary>
    private const int MostBases = 1 << 27;

    protected override int Cost => nodes;

    protected override bool CanBeExact => Size <= MostDense;

    protected override int Rows => (int)Math.Clamp(MostBases / ((long)nodes * Math.Max(Size, 1)), 1, base.Rows);

    /// <summary>The eigenvectors that the rules leave out.</summary>
    protected virtual IReadOnlyList<double[]> Deflated => [];

    /// <summary>Takes in rules.</summary>
    protected abstract void Add(QuadratureRule rule);

    /// <summary>Takes in the exact spectrum, n nodes of weight 1/n; whether what is made of it is finite.</summary>
    protected abstract bool Exactly(QuadratureRule rule);

    protected sealed override int Draw(int first, int count)
    {
        var deflated = Deflated;
        var rules = new LanczosQuadrature(Size, nodes, deflated).Rules(
            Probe(key, ProbeDistribution.Sphere, first, count),
            count,
            (x, rows) => Apply(x, rows),
            Part
        );
        for (var i = 0; i < count; i++)
        {
            if (rules[i] is not { } rule)
                return i;
            Add(rule);
        }
        return count;
    }

    protected sealed override bool Exact()
    {
        var matrix = A.ToMatrix(Part);
        Charge(Size);
        if (!double.IsFinite(VectorLoops.Largest(matrix)))
            return false;
        var eigen = SymmetricEigen.Decompose(matrix, Size, vectors: false, Options.Threads, Options.Cancellation);
        return Exactly(new(eigen.Eigenvalues, [.. Enumerable.Repeat(1.0 / Size, Size)]));
    }
}
