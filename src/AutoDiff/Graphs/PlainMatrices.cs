namespace AutoDiff;

/// <summary>Functions of whole matrices by the formulas that textbooks begin with: column by column, element by element.</summary>
internal static class PlainMatrices
{
    /// <summary>The Cholesky factor of (A + Aᵀ)/2; NaN on and below the diagonal where there is none.</summary>
    public static double[] Cholesky(PlainMatrix a)
    {
        var l = new PlainMatrix(a.Rows, a.Rows);
        var positive = true;
        for (var j = 0; j < a.Rows; j++)
        {
            for (var i = j; i < a.Rows; i++)
            {
                var rest = (0.5 * a[i, j]) + (0.5 * a[j, i]);
                for (var k = 0; k < j; k++)
                    rest -= l[i, k] * l[j, k];
                positive &= i != j || rest > 0;
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
        }
        for (var i = 0; i < a.Rows && !positive; i++)
            l.Elements.AsSpan(i * a.Rows, i + 1).Fill(double.NaN);
        return l.Elements;
    }

    /// <summary>Y of T·Y = B for a triangle T of a matrix.</summary>
    public static double[] Solve(Triangle triangle, PlainMatrix matrix, PlainMatrix right)
    {
        var y = new PlainMatrix([.. right.Elements], right.Rows, right.Columns);
        for (var step = 0; step < y.Rows; step++)
        {
            var i = triangle.IsUpper ? y.Rows - 1 - step : step;
            for (var column = 0; column < y.Columns; column++)
            {
                for (var done = 0; done < step; done++)
                {
                    var j = triangle.IsUpper ? y.Rows - 1 - done : done;
                    y[i, column] -= matrix[i, j] * y[j, column];
                }
                if (!triangle.IsUnit)
                    y[i, column] /= matrix[i, i];
            }
        }
        return y.Elements;
    }
}
