namespace AutoDiff.Examples;

/// <summary>Singular values by one-sided Jacobi rotations (Hestenes 1958): accurate for small ones too, and apart from the eigensolvers they check.</summary>
public static class SingularValues
{
    private const int MostSweeps = 60;
    private const double Orthogonal = 1e-15;

    /// <summary>The min(rows, columns) singular values, largest first.</summary>
    public static double[] Of(double[,] matrix)
    {
        var columns = Columns(matrix);
        for (var sweep = 0; sweep < MostSweeps && Sweep(columns); sweep++) { }
        var norms = Array.ConvertAll(columns, column => Math.Sqrt(Dot(column, column)));
        Array.Sort(norms, (a, b) => b.CompareTo(a));
        return norms[..Math.Min(matrix.GetLength(0), matrix.GetLength(1))];
    }

    /// <summary>Turns each pair of columns until it is orthogonal; whether any was not.</summary>
    private static bool Sweep(double[][] columns)
    {
        var turned = false;
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = i + 1; j < columns.Length; j++)
            {
                var (a, b, c) = (Dot(columns[i], columns[i]), Dot(columns[j], columns[j]), Dot(columns[i], columns[j]));
                if (Math.Abs(c) <= Orthogonal * Math.Sqrt(a * b))
                    continue;
                var zeta = (b - a) / (2 * c);
                var tangent = Math.CopySign(1 / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta))), zeta);
                Turn(columns[i], columns[j], tangent);
                turned = true;
            }
        }
        return turned;
    }

    private static void Turn(double[] x, double[] y, double tangent)
    {
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = cosine * tangent;
        for (var k = 0; k < x.Length; k++)
            (x[k], y[k]) = ((cosine * x[k]) - (sine * y[k]), (sine * x[k]) + (cosine * y[k]));
    }

    private static double[][] Columns(double[,] matrix)
    {
        var columns = new double[matrix.GetLength(1)][];
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j] = new double[matrix.GetLength(0)];
            for (var i = 0; i < columns[j].Length; i++)
                columns[j][i] = matrix[i, j];
        }
        return columns;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }
}
