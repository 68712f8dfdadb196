namespace AutoDiff.Properties;

/// <summary>A matrix by the plainest loops.</summary>
internal sealed record PlainMatrix(int Rows, int Columns, double[] Elements)
{
    public PlainMatrix(int rows, int columns)
        : this(rows, columns, new double[rows * columns]) { }

    /// <summary>‖A‖_F.</summary>
    public double Norm => Math.Sqrt(Elements.Sum(x => x * x));

    /// <summary>Elements in [−1, 1].</summary>
    public static PlainMatrix Random(Random random, int rows, int columns) => Of(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);

    public static PlainMatrix Identity(int n) => Of(n, n, (i, j) => i == j ? 1 : 0);

    public static PlainMatrix Diagonal(double[] d) => Of(d.Length, d.Length, (i, j) => i == j ? d[i] : 0);

    public static PlainMatrix Column(ReadOnlySpan<double> x) => new(x.Length, 1, x.ToArray());

    public PlainMatrix Transposed() => Of(Columns, Rows, (i, j) => At(j, i));

    public PlainMatrix Symmetrized() => Of(Rows, Rows, (i, j) => (At(i, j) + At(j, i)) / 2);

    public PlainMatrix Plus(PlainMatrix b, double s, double t) => Of(Rows, Columns, (i, j) => (s * At(i, j)) + (t * b.At(i, j)));

    public PlainMatrix Times(PlainMatrix b) => Of(Rows, b.Columns, (i, j) => Enumerable.Range(0, Columns).Sum(k => At(i, k) * b.At(k, j)));

    public PlainMatrix Picked(int[] rows, int[] columns) => Of(rows.Length, columns.Length, (i, j) => At(rows[i], columns[j]));

    public PlainMatrix Beside(PlainMatrix b) =>
        Of(
            Rows + b.Rows,
            Columns + b.Columns,
            (i, j) =>
                i < Rows && j < Columns ? At(i, j)
                : i >= Rows && j >= Columns ? b.At(i - Rows, j - Columns)
                : 0
        );

    private static PlainMatrix Of(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new PlainMatrix(rows, columns);
        for (var k = 0; k < matrix.Elements.Length; k++)
            matrix.Elements[k] = element(k / columns, k % columns);
        return matrix;
    }

    private double At(int i, int j) => Elements[(i * Columns) + j];
}
