namespace AutoDiff.Tests.Problems;

/// <summary>A nonlinear regression with certified parameters.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Starts">NIST's starts, far and near [2][n].</param>
/// <param name="Parameters">The certified parameters [n], to 11 digits.</param>
/// <param name="SumOfSquares">The certified residual sum of squares.</param>
/// <param name="Others">Sums of squares at other minima, or at limits of them.</param>
/// <param name="Residuals">The residuals at parameters [n].</param>
public sealed record NistRegression(
    string Name,
    double[][] Starts,
    double[] Parameters,
    double SumOfSquares,
    double[] Others,
    Func<Tensor, Tensor> Residuals
)
{
    /// <summary>The fit from one of the starts.</summary>
    public LeastSquares From(int start) => new($"{Name}, start {start + 1}", Starts[start], [SumOfSquares], Residuals);

    public override string ToString() => Name;
}
