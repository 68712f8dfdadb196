using System.Numerics;
using System.Runtime.InteropServices;
using static AutoDiff.Curvature.VectorLoops;

namespace AutoDiff.Curvature;

/// <summary>Plane rotations of the rows of a matrix, noted sweep by sweep and applied to narrow columns of it that stay in cache.</summary>
/// <remarks>
/// Van Zee, van de Geijn, Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms for performance". Columns do not affect each other,
/// so threads may share them out without changing a bit.
/// </remarks>
internal sealed class Rotations
{
    private const int Capacity = 1 << 15;

    private readonly double[][] _columns;
    private readonly int _rows;
    private readonly ParallelOptions _parallel;
    private readonly List<(int Row, int Step, int Start, int Count)> _sweeps = [];
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private int _count;

    /// <summary>Rotations of the rows of <paramref name="matrix"/> [n, n], which is copied.</summary>
    public Rotations(double[] matrix, int size, int threads)
    {
        _rows = size;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _cosines = new double[Math.Max(Capacity, size)];
        _sines = new double[_cosines.Length];
        _columns = new double[(size + Width - 1) / Width][];
        for (var c = 0; c < _columns.Length; c++)
        {
            _columns[c] = new double[size * Width];
            for (var row = 0; row < size; row++)
                Part(matrix, row, c).CopyTo(_columns[c].AsSpan(row * Width));
        }
    }

    private static int Width => 4 * Vector<double>.Count;

    /// <summary>Begins a sweep of <paramref name="count"/> rotations, the first of rows <paramref name="row"/> and row + step.</summary>
    public void Begin(int row, int step, int count)
    {
        if (_count + count > _cosines.Length)
            Flush();
        _sweeps.Add((row, step, _count, count));
    }

    /// <summary>Notes the next rotation: upper row ← c·upper + s·lower, lower ← c·lower − s·upper, the lower row being the next one's upper.</summary>
    public void Add(double cosine, double sine)
    {
        _cosines[_count] = cosine;
        _sines[_count++] = sine;
    }

    /// <summary>Applies what has been noted.</summary>
    public void Flush()
    {
        if (_parallel.MaxDegreeOfParallelism == 1)
        {
            foreach (var column in _columns)
                Apply(column);
        }
        else
        {
            Parallel.ForEach(_columns, _parallel, Apply);
        }
        _sweeps.Clear();
        _count = 0;
    }

    /// <summary>The rows in the given order, as a matrix [n, n].</summary>
    public double[] Rows(ReadOnlySpan<int> order)
    {
        var matrix = new double[_rows * _rows];
        for (var c = 0; c < _columns.Length; c++)
        {
            for (var row = 0; row < _rows; row++)
            {
                var part = Part(matrix, row, c);
                _columns[c].AsSpan(order[row] * Width, part.Length).CopyTo(part);
            }
        }
        return matrix;
    }

    private Span<double> Part(double[] matrix, int row, int column) =>
        matrix.AsSpan((row * _rows) + (column * Width), Math.Min(Width, _rows - (column * Width)));

    private void Apply(double[] column)
    {
        var width = Vector<double>.Count;
        foreach (var (row, step, start, count) in _sweeps)
        {
            ref var upper = ref MemoryMarshal.GetReference(column.AsSpan(row * Width, Width));
            var (u0, u1, u2, u3) = (Load(ref upper, 0), Load(ref upper, width), Load(ref upper, 2 * width), Load(ref upper, 3 * width));
            var at = row;
            for (var k = start; k < start + count; k++, at += step)
            {
                ref var target = ref MemoryMarshal.GetReference(column.AsSpan(at * Width, Width));
                ref var next = ref MemoryMarshal.GetReference(column.AsSpan((at + step) * Width, Width));
                var (c, s) = (new Vector<double>(_cosines[k]), new Vector<double>(_sines[k]));
                var (l0, l1, l2, l3) = (Load(ref next, 0), Load(ref next, width), Load(ref next, 2 * width), Load(ref next, 3 * width));
                Store(Vector.FusedMultiplyAdd(s, l0, c * u0), ref target, 0);
                Store(Vector.FusedMultiplyAdd(s, l1, c * u1), ref target, width);
                Store(Vector.FusedMultiplyAdd(s, l2, c * u2), ref target, 2 * width);
                Store(Vector.FusedMultiplyAdd(s, l3, c * u3), ref target, 3 * width);
                u0 = Vector.FusedMultiplyAdd(-s, u0, c * l0);
                u1 = Vector.FusedMultiplyAdd(-s, u1, c * l1);
                u2 = Vector.FusedMultiplyAdd(-s, u2, c * l2);
                u3 = Vector.FusedMultiplyAdd(-s, u3, c * l3);
            }
            ref var last = ref MemoryMarshal.GetReference(column.AsSpan(at * Width, Width));
            Store(u0, ref last, 0);
            Store(u1, ref last, width);
            Store(u2, ref last, 2 * width);
            Store(u3, ref last, 3 * width);
        }
    }
}
