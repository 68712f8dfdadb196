using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>A matrix product of strided views, batch by batch: the right matrix is packed into panels of columns unless it lies so already.</summary>
internal sealed class MatMulStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A panel of Depth rows by two vectors stays in the first-level cache, and Height rows of the left matrix in the second.
    private const int Depth = 256;
    private const int Height = 128;
    private const int MostPanels = 32;

    private readonly View? _initial;
    private readonly View _left;
    private readonly View _right;
    private readonly Storage _target;
    private readonly View[] _operands;
    private readonly nint _row;
    private readonly nint _step;
    private readonly nint _down;
    private readonly nint _across;
    private readonly int _m;
    private readonly int _k;
    private readonly int _n;
    private readonly int _batches;
    private readonly Strided _batchWalk;

    public static bool Takes(View initial) => initial.IsContiguous;

    public MatMulStep(View left, View right, View? initial, Storage target)
    {
        (_target, _operands) = (target, initial is null ? [left, right] : [left, right, initial]);
        _initial = initial;
        var rank = left.Shape.Rank - 2;
        // A single column is the transpose of a single row by the transposed matrix, whose columns then fill vectors.
        var turned = right.Shape[-1] == 1;
        (_left, _right) = turned ? (right, left) : (left, right);
        (_m, _k, _n) = (turned ? 1 : left.Shape[-2], left.Shape[-1], turned ? left.Shape[-2] : right.Shape[-1]);
        (_row, _step) = turned ? (0, right.Strides[rank]) : (left.Strides[rank], left.Strides[rank + 1]);
        (_down, _across) = turned ? (left.Strides[rank + 1], left.Strides[rank]) : (right.Strides[rank], right.Strides[rank + 1]);
        (left, right) = (_left, _right);
        _batchWalk = Strided.Of(left.Shape.AsSpan()[..rank], left.Strides[..rank], right.Strides[..rank]);
        _batches = 1;
        foreach (var length in left.Shape.AsSpan()[..rank])
            _batches *= length;
    }

    public override int ScratchSize => Math.Min(_k, Depth) * Math.Min(MostPanels * Panel, (_n + Panel - 1) / Panel * Panel);

    public override Storage Target => _target;

    public override ReadOnlySpan<View> Operands => _operands;

    private static int Panel => 2 * Vector512<T>.Count;

    public override void Run(Frame<T> frame)
    {
        if (_target.Size == 0)
            return;
        var target = Array(frame, _target).AsSpan(_target.Root.Start, _target.Size);
        if (_k == 0)
        {
            target.Clear();
            return;
        }
        T[]? keep = _initial is null ? null : Array(frame, _initial.Storage).AsSpan(At(_initial), _target.Size).ToArray();
        var (left, right) = (Array(frame, _left.Storage), Array(frame, _right.Storage));
        var scratch = frame.Memory[Frame<T>.Scratch];
        for (var batch = 0; batch < _batches; batch++)
        {
            var (x, y, rest) = (At(_left), At(_right), batch);
            for (var axis = _batchWalk.Lengths.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, _batchWalk.Lengths[axis]);
                x += index * _batchWalk.Strides[0][axis];
                y += index * _batchWalk.Strides[1][axis];
            }
            Product(ref left[x], ref right[y], target.Slice(batch * _m * _n, _m * _n), scratch);
        }
        for (var i = 0; i < keep?.Length; i++)
            target[i] += keep[i];
    }

    public override string ToString() => $"MatMul {_m}×{_k} by {_k}×{_n}, {_batches} times";

    private void Product(ref T x, ref T y, Span<T> z, T[] scratch)
    {
        var (down, across) = (_down, _across);
        if (_m == 1 && _step == 1 && down == 1 && across != 1)
        {
            for (var j = 0; j < z.Length; j++)
                z[j] = MatMulKernels<T>.Dot(ref x, ref Unsafe.Add(ref y, j * across), _k);
            return;
        }
        for (var column = 0; column < _n; column += MostPanels * Panel)
        {
            var columns = Math.Min(_n - column, MostPanels * Panel);
            for (var p = 0; p < _k; p += Depth)
            {
                var depth = Math.Min(Depth, _k - p);
                // Rows of few elements gain nothing from packing a right matrix that lies in rows already; whole panels are then read in place.
                var inPlace = across == 1 && (_m <= Height / 4 || columns == Panel) ? columns / Panel * Panel : 0;
                Pack(ref Unsafe.Add(ref y, (p * down) + ((column + inPlace) * across)), down, across, depth, columns - inPlace, scratch);
                for (var row = 0; row < _m; row += Height)
                {
                    var rows = Math.Min(Height, _m - row);
                    for (var j = 0; j < columns; j += Panel)
                    {
                        ref var panel = ref j < inPlace
                            ? ref Unsafe.Add(ref y, (p * down) + column + j)
                            : ref scratch[(j - inPlace) * depth];
                        var block = new MatMulKernels<T>.Block(depth, _row, _step, j < inPlace ? down : Panel, _n, p > 0);
                        Rows(
                            in block,
                            ref Unsafe.Add(ref x, (row * _row) + (p * _step)),
                            ref panel,
                            z[((row * _n) + column + j)..],
                            rows,
                            Math.Min(Panel, columns - j)
                        );
                    }
                }
            }
        }
    }

    private static void Rows(in MatMulKernels<T>.Block block, ref T x, ref T y, Span<T> z, int rows, int columns)
    {
        var wide = columns > Vector512<T>.Count;
        if (columns == (wide ? Panel : Vector512<T>.Count))
        {
            for (var row = 0; row < rows; )
                row += Kernel(in block, ref Unsafe.Add(ref x, row * block.Row), ref y, ref z[row * (int)block.Width], rows - row, wide);
            return;
        }
        // The kernels store whole vectors: here into a tile, from which the columns that exist are taken.
        Span<T> tile = stackalloc T[8 * Panel];
        var whole = block with { Width = Panel, Add = false };
        for (var row = 0; row < rows; )
        {
            var done = Kernel(in whole, ref Unsafe.Add(ref x, row * block.Row), ref y, ref tile[0], rows - row, wide);
            for (var i = 0; i < done; i++, row++)
            {
                var (from, to) = (i * Panel, row * (int)block.Width);
                if (block.Add)
                    ZipKernels<T>.Run(Binary.Add, ZipKernels<T>.Form.Both, ref z[to], ref tile[from], ref z[to], columns);
                else
                    tile.Slice(from, columns).CopyTo(z[to..]);
            }
        }
    }

    /// <summary>Computes as many rows as the largest kernel that fits; returns how many.</summary>
    private static int Kernel(in MatMulKernels<T>.Block block, ref T x, ref T y, ref T z, int rows, bool wide)
    {
        switch (rows, wide)
        {
            case (>= 8, true):
                MatMulKernels<T>.Rows8Vectors2(in block, ref x, ref y, ref z);
                return 8;
            case (>= 8, false):
                MatMulKernels<T>.Rows8Vectors1(in block, ref x, ref y, ref z);
                return 8;
            case (>= 4, true):
                MatMulKernels<T>.Rows4Vectors2(in block, ref x, ref y, ref z);
                return 4;
            case (>= 4, false):
                MatMulKernels<T>.Rows4Vectors1(in block, ref x, ref y, ref z);
                return 4;
            case (_, true):
                MatMulKernels<T>.Rows1Vectors2(in block, ref x, ref y, ref z);
                return 1;
            default:
                MatMulKernels<T>.Rows1Vectors1(in block, ref x, ref y, ref z);
                return 1;
        }
    }

    /// <summary>Copies columns into panels of two vectors' width, each row of a panel after the one before; missing columns are zero.</summary>
    private static void Pack(ref T y, nint down, nint across, int depth, int columns, Span<T> scratch)
    {
        for (var j = 0; j < columns; j += Panel, scratch = scratch[(depth * Panel)..])
        {
            var width = Math.Min(Panel, columns - j);
            ref var from = ref Unsafe.Add(ref y, j * across);
            if (across == 1)
            {
                for (var p = 0; p < depth; p++, from = ref Unsafe.Add(ref from, down))
                {
                    var row = scratch.Slice(p * Panel, Panel);
                    MemoryMarshal.CreateReadOnlySpan(ref from, width).CopyTo(row);
                    row[width..].Clear();
                }
                continue;
            }
            if (width < Panel)
                scratch[..(depth * Panel)].Clear();
            for (var i = 0; i < width; i++, from = ref Unsafe.Add(ref from, across))
            {
                ref var at = ref from;
                for (var p = i; p < depth * Panel; p += Panel, at = ref Unsafe.Add(ref at, down))
                    scratch[p] = at;
            }
        }
    }
}
