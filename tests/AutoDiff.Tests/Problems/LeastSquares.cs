using System.Globalization;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Problems;

/// <summary>A sum of squares with its standard start [n] and the values of its known minima.</summary>
public sealed record LeastSquares(string Name, double[] Start, double[] Minima, Func<Tensor, Tensor> Residuals)
{
    /// <summary>The number n of unknowns.</summary>
    public int Size => Start.Length;

    /// <summary>The sum of the squared residuals at x [n].</summary>
    public Tensor Loss(Tensor x) => Sum(Square(Residuals(x)));

    public override string ToString() => Name;

    /// <summary>Numbers apart by white space.</summary>
    public static double[] Numbers(string text) =>
        [
            .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
        ];
}
