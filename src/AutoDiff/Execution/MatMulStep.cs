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

    private readonly View _left;
    private readonly View _right;
    private readonly Storage _target;
    private readonly View[] _operands;
    private readonly int _m;
    private readonly int _k;
    private readonly int _n;
    private readonly int _batches;
    private readonly Strided _batchWalk;

    public MatMulStep(View left, View right, Storage target)
    {
        (_left, _right, _target, _operands) = (left, right, target, [left, right]);
        (_m, _k, _n) = (left.Shape[-2], left.Shape[-1], right.Shape[-1]);
        var rank = left.Shape.Rank - 2;
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
    }

    public override string ToString() => $"MatMul {_left.Shape} by {_right.Shape}";

    private void Product(ref T x, ref T y, Span<T> z, T[] scratch)
    {
        nint down = _right.Strides[^2], across = _right.Strides[^1];
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
                        ref var panel = ref j < inPlace ? ref Unsafe.Add(ref y, (p * down) + column + j) : ref scratch[(j - inPlace) * depth];
                        var block = new MatMulKernels<T>.Block(
                            depth,
                            _left.Strides[^2],
                            _left.Strides[^1],
                            j < inPlace ? down : Panel,
                            _n,
                            Math.Min(Panel, columns - j),
                            p > 0
                        );
                        Rows(in block, ref Unsafe.Add(ref x, (row * block.Row) + (p * block.Step)), ref panel, ref z[(row * _n) + column + j], rows);
                    }
                }
            }
        }
    }

    private static void Rows(in MatMulKernels<T>.Block block, ref T x, ref T y, ref T z, int rows)
    {
        var wide = block.Columns > Vector512<T>.Count;
        var row = 0;
        for (; row + 8 <= rows; row += 8, x = ref Unsafe.Add(ref x, 8 * block.Row), z = ref Unsafe.Add(ref z, 8 * block.Width))
        {
            if (wide)
                MatMulKernels<T>.Rows8Vectors2(in block, ref x, ref y, ref z);
            else
                MatMulKernels<T>.Rows8Vectors1(in block, ref x, ref y, ref z);
        }
        for (; row + 4 <= rows; row += 4, x = ref Unsafe.Add(ref x, 4 * block.Row), z = ref Unsafe.Add(ref z, 4 * block.Width))
        {
            if (wide)
                MatMulKernels<T>.Rows4Vectors2(in block, ref x, ref y, ref z);
            else
                MatMulKernels<T>.Rows4Vectors1(in block, ref x, ref y, ref z);
        }
        for (; row < rows; row++, x = ref Unsafe.Add(ref x, block.Row), z = ref Unsafe.Add(ref z, block.Width))
        {
            if (wide)
                MatMulKernels<T>.Rows1Vectors2(in block, ref x, ref y, ref z);
            else
                MatMulKernels<T>.Rows1Vectors1(in block, ref x, ref y, ref z);
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
