using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The diagonal of an operator from samples.</summary>
internal abstract class DiagonalSampler(string operation, LinearOperator a, EstimatorOptions options)
    : Sampler<DiagonalEstimate>(operation, a, options)
{
    private double[] _exact = [];

    /// <summary>The diagonal [n] from the samples there are and the standard error of each element; NaN where they are too few.</summary>
    protected abstract (double[] Diagonal, double[] Errors) Found();

    protected sealed override (double Error, double Magnitude) Measure()
    {
        var (diagonal, errors) = Found();
        return (VectorLoops.Norm(errors), VectorLoops.Norm(diagonal));
    }

    protected sealed override bool Exact()
    {
        _exact = new double[Size];
        Columns((i, column) => _exact[i] = column.Span[i]);
        return double.IsFinite(VectorLoops.Largest(_exact));
    }

    protected sealed override DiagonalEstimate Result(Outcome outcome, bool isExact)
    {
        var (diagonal, errors) = isExact ? (_exact, new double[Size]) : Found();
        return new()
        {
            Value = ImmutableCollectionsMarshal.AsImmutableArray(diagonal),
            StandardErrors = ImmutableCollectionsMarshal.AsImmutableArray(errors),
            Outcome = outcome,
            Iterations = isExact ? 0 : Samples,
            Products = Products,
            Measure = VectorLoops.Norm(errors),
        };
    }

    /// <summary>n times NaN.</summary>
    protected double[] Unknown()
    {
        var values = new double[Size];
        Array.Fill(values, double.NaN);
        return values;
    }
}
