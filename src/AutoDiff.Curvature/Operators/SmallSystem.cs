namespace AutoDiff.Curvature;

/// <summary>A small system of equations, factored: P·M = L·U of M [r, r].</summary>
internal sealed class SmallSystem
{
    private readonly int _size;
    private readonly double[] _matrix;
    private readonly double[] _factors;

    public SmallSystem(double[] matrix, int size)
    {
        (_matrix, _size, _factors) = (matrix, size, new double[size * (size + 1)]);
        if (size == 0)
            return;
        var kernel = MatrixKernels.LuFactors.For<double>();
        kernel.Run(new() { First = View(matrix, size) }, _factors, new double[kernel.ScratchSize([(size, size)])]);
    }

    /// <summary>1 ⁄ (‖M‖₁·‖M⁻¹‖₁): 1 at best, 0 or NaN where M is singular.</summary>
    public double ReciprocalCondition
    {
        get
        {
            if (_size == 0)
                return 1;
            var identity = new double[_size * _size];
            UnitRows.Set(identity, 0, _size, 0, _size);
            return 1 / Norm(_matrix) / Norm(Solve(identity, _size));
        }
    }

    /// <summary>ln |det M| and the determinant's sign.</summary>
    public (double LogAbsolute, int Sign) LogDeterminant
    {
        get
        {
            var (sum, sign) = (0.0, 1);
            for (var i = 0; i < _size; i++)
            {
                var row = _factors.AsSpan(i * (_size + 1), _size + 1);
                sum += Math.Log(Math.Abs(row[i]));
                // The last column holds the row that row i was exchanged with.
                sign *=
                    row[i] == 0 ? 0
                    : (row[i] < 0) != ((int)row[_size] != i) ? -1
                    : 1;
            }
            return (sum, sign);
        }
    }

    /// <summary>M⁻¹·B for B [r, columns].</summary>
    public double[] Solve(double[] b, int columns)
    {
        var x = new double[b.Length];
        if (b.Length == 0)
            return x;
        var kernel = MatrixKernels.SolveByFactors.For<double>();
        var sizes = new[] { (_size, _size + 1), (_size, _size), (_size, columns) };
        kernel.Run(
            new()
            {
                First = View(_factors, _size + 1),
                Second = View(_matrix, _size),
                Third = View(b, columns),
            },
            x,
            new double[kernel.ScratchSize(sizes)]
        );
        return x;
    }

    private StridedMatrix<double> View(double[] matrix, int columns) => new(ref matrix[0], _size, columns, columns, 1);

    /// <summary>The largest sum of magnitudes of a column.</summary>
    private double Norm(double[] matrix)
    {
        var sums = new double[_size];
        for (var i = 0; i < matrix.Length; i++)
            sums[i % _size] += Math.Abs(matrix[i]);
        return VectorLoops.Largest(sums);
    }
}
