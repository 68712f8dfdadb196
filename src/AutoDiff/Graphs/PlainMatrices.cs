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

    /// <summary>The symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹ for the lower triangles of L and G.</summary>
    public static double[] CholeskyPullback(PlainMatrix l, PlainMatrix g)
    {
        var n = l.Rows;
        var (half, result) = (new PlainMatrix(n, n), new PlainMatrix(n, n));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var k = i; k < n; k++)
                    half[i, j] += l[k, i] * g[k, j] * (i == j ? 0.5 : 1);
            }
        }
        var left = Transposed(new(Solve(new(IsUpper: true, IsUnit: false), Transposed(l), half), n, n));
        var both = new PlainMatrix(Solve(new(IsUpper: true, IsUnit: false), Transposed(l), left), n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                result[i, j] = 0.5 * (both[i, j] + both[j, i]);
        }
        return result.Elements;
    }

    /// <summary>L and U in one matrix, and behind them the row that each was exchanged with.</summary>
    public static PlainMatrix LuFactors(PlainMatrix a)
    {
        var n = a.Rows;
        var f = new PlainMatrix(n, n + 1);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                f[i, j] = a[i, j];
        }
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
                pivot = Math.Abs(f[i, k]) > Math.Abs(f[pivot, k]) ? i : pivot;
            Exchange(f, k, pivot, n);
            f[k, n] = pivot;
            for (var i = k + 1; i < n && f[k, k] != 0; i++)
            {
                f[i, k] /= f[k, k];
                for (var j = k + 1; j < n; j++)
                    f[i, j] -= f[i, k] * f[k, j];
            }
        }
        return f;
    }

    /// <summary>A⁻¹·B, or A⁻ᵀ·B, by A's factors.</summary>
    public static double[] SolveByFactors(bool transposed, PlainMatrix factors, PlainMatrix right)
    {
        var (n, k) = (right.Rows, right.Columns);
        var y = new PlainMatrix([.. right.Elements], n, k);
        for (var i = 0; i < n && !transposed; i++)
            Exchange(y, i, Pivot(factors, i), k);
        var matrix = transposed ? Transposed(factors) : factors;
        var first = new PlainMatrix(Solve(new(IsUpper: false, IsUnit: !transposed), matrix, y), n, k);
        y = new(Solve(new(IsUpper: true, IsUnit: transposed), matrix, first), n, k);
        for (var i = n - 1; i >= 0 && transposed; i--)
            Exchange(y, i, Pivot(factors, i), k);
        return y.Elements;
    }

    /// <summary>The product of the pivots, its sign changed by each exchange.</summary>
    public static double Determinant(PlainMatrix factors)
    {
        var product = 1.0;
        for (var i = 0; i < factors.Rows; i++)
            product *= Pivot(factors, i) == i ? factors[i, i] : -factors[i, i];
        return product;
    }

    /// <summary>The sum of the pivots' logarithms.</summary>
    public static double LogAbsDeterminant(PlainMatrix factors)
    {
        var sum = 0.0;
        for (var i = 0; i < factors.Rows; i++)
            sum += Math.Log(Math.Abs(factors[i, i]));
        return sum;
    }

    /// <summary>The determinants of what is left without a row and a column, with their signs.</summary>
    public static double[] Cofactors(PlainMatrix a)
    {
        var n = a.Rows;
        var cofactors = new PlainMatrix(n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var minor = new PlainMatrix(n - 1, n - 1);
                for (var k = 0; k < (n - 1) * (n - 1); k++)
                {
                    var (row, column) = (k / (n - 1), k % (n - 1));
                    minor[row, column] = a[row < i ? row : row + 1, column < j ? column : column + 1];
                }
                cofactors[i, j] = Determinant(LuFactors(minor)) * ((i + j) % 2 == 0 ? 1 : -1);
            }
        }
        return cofactors.Elements;
    }

    private static int Pivot(PlainMatrix factors, int i) => (int)Math.Clamp(Math.Round(factors[i, factors.Rows]), i, factors.Rows - 1);

    private static void Exchange(PlainMatrix x, int i, int k, int columns)
    {
        for (var j = 0; j < columns; j++)
            (x[i, j], x[k, j]) = (x[k, j], x[i, j]);
    }

    private static PlainMatrix Transposed(PlainMatrix x)
    {
        var y = new PlainMatrix(x.Columns, x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            for (var j = 0; j < x.Columns; j++)
                y[j, i] = x[i, j];
        }
        return y;
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
