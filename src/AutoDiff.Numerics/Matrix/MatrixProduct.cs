using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>C = initial + A·B for strided A [m, k] and B [k, n] and for C [m, n] of contiguous rows: the way is chosen once for a shape and its strides.</summary>
/// <remarks>
/// Bits depend on the shape and the strides alone, not on the registers' width. The depth is divided into blocks of equal lengths; an element is the initial
/// value plus the first block's chain of multiply-adds, plus the next block's, and so on; of many blocks it is the sum of the halves', so that its rounding
/// grows with their logarithm. A product of one row or column has chains or sums of its own (see <see cref="Dots{T}"/>).
/// The initial value may be C itself. Blocks and packing follow Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).
/// </remarks>
public readonly unsafe struct MatrixProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A panel of the right matrix stays in the first-level cache, a block of the left one in the second.
    private const int MostDepth = 256;
    private const int MostRows = 128;
    private const int MostColumns = 512;

    // So many blocks of the depth are added one after another: halves cost a pass over a part of the result of their own.
    private const int MostBlocks = 16;

    private readonly TileStrides _tile;
    private readonly nint _bColumn;
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly int _bits;
    private readonly int _vectors;
    private readonly int _blocks;
    private readonly Way _way;
    private readonly Packing _packing;
    private readonly bool _turned;
    private readonly bool _atOnce;

    // The tile that is the whole product, where one is, and how much of its last vector.
    private readonly delegate* <in TileStrides, T*, T*, T*, T*, int, void> _whole;
    private readonly int _last;

    /// <summary>A way to multiply matrices of the given shape and strides.</summary>
    public MatrixProduct(int m, int n, int k, nint aRow, nint aColumn, nint bRow, nint bColumn, nint cRow, InitialValue initial)
    {
        // A single element is the sum over whichever operand is contiguous.
        (_m, _n, _k, _turned) = (m, n, k, n == 1 && (m > 1 || (bRow != 1 && aColumn == 1)));
        // A single column lies side by side whatever its stride.
        _bColumn = n == 1 ? 1 : bColumn;
        _blocks = Math.Max(1, (k + MostDepth - 1) / MostDepth);
        _tile = new((k + _blocks - 1) / _blocks, aRow, aColumn, bRow, cRow, initial.Row, initial.Column);
        _way = WayOf();
        _packing = _way == Way.Tiles ? PackingOf() : Packing.None;
        _bits = Narrowest(_turned ? m : n);
        _vectors = Vectors(n) == 3 ? 3 : 2;
        _atOnce = _way == Way.Tiles && _packing == Packing.None && _blocks == 1;
        _last = n % Elements;
        _whole =
            _bits == 512 && Vector512.IsHardwareAccelerated ? Whole<Vector512<T>, Width512<T>>()
            : _bits == 256 ? Whole<Vector256<T>, Width256<T>>()
            : Whole<Vector128<T>, Width128<T>>();
    }

    private enum Way
    {
        /// <summary>Tile by tile.</summary>
        Tiles,

        /// <summary>One vector by a matrix whose rows are contiguous.</summary>
        ByRows,

        /// <summary>One vector by a matrix whose columns are contiguous.</summary>
        ByColumns,
    }

    /// <summary>How many elements of scratch space a run needs.</summary>
    public int ScratchSize =>
        _way switch
        {
            Way.Tiles => PackedSize + (Halves.Levels(_blocks, MostBlocks) * _m * Math.Min(_n, WidestColumns)),
            Way.ByRows => Halves.Levels(_k, MostDepth) * (_turned ? _m : _n),
            _ => (_turned ? _tile.BRow : _tile.AColumn) == 1 ? 0 : _k,
        };

    /// <summary>No fewer elements of scratch space than any run needs of no more rows, columns and depth, whatever the strides.</summary>
    public static int MostScratch(int m, int n, int k)
    {
        var (depth, columns) = (Math.Min(k, MostDepth), Math.Min(n, MostColumns));
        var packed = (depth * (columns + Vector512<T>.Count + Math.Min(m, MostRows))) + Vector512<T>.Count;
        var halves = Halves.Levels((k + MostDepth - 1) / MostDepth, MostBlocks) * m * n;
        return packed + halves + (Halves.Levels(k, MostDepth) * Math.Max(m, n)) + k;
    }

    private int PackedSize =>
        _packing == Packing.None
            ? 0
            : RightSize + ((_packing & Packing.Left) != Packing.None ? (Math.Min(_m, MostRows) * (int)_tile.Depth) : 0) + Elements;

    /// <summary>How many columns are computed before the next: all where none is packed.</summary>
    private int WidestColumns => _packing == Packing.None ? _n : MostColumns;

    private int Elements => _bits / 8 / sizeof(T);

    private int RightSize => (int)_tile.Depth * Vectors(Math.Min(_n, MostColumns)) * Elements;

    /// <summary>The whole product; an initial value that does not exist is a null reference.</summary>
    public void Run(ref T a, ref T b, ref T c, ref T initial, Span<T> scratch) =>
        Run(0, _m, new(1, 0, 0, 0), ref a, ref b, ref c, ref initial, scratch);

    /// <summary>The rows from <paramref name="from"/> up to <paramref name="to"/> of the product, the same bits as in a run of all; each range needs scratch space of its own.</summary>
    public void Run(int from, int to, ref T a, ref T b, ref T c, ref T initial, Span<T> scratch) =>
        Run(from, to, new(1, 0, 0, 0), ref a, ref b, ref c, ref initial, scratch);

    /// <summary>A range of rows of products that share the right matrix, which is packed once for all.</summary>
    public void Run(int from, int to, in Repetition repetition, ref T a, ref T b, ref T c, ref T initial, Span<T> scratch)
    {
        // A tile takes less time than the general way's preparations.
        if (_whole != null && to - from == _m && repetition.Count == 1)
        {
            fixed (
                T* pa = &a,
                    pb = &b,
                    pc = &c,
                    pInitial = &initial
            )
                _whole(in _tile, pa, pb, pc, pInitial, _last);
        }
        else
            Ranges(from, to, in repetition, ref a, ref b, ref c, ref initial, scratch);
    }

    [MethodImpl(Compilation.Loop)]
    private void Ranges(int from, int to, in Repetition repetition, ref T a, ref T b, ref T c, ref T initial, Span<T> scratch)
    {
        if (from >= to || _n == 0)
            return;
        fixed (
            T* pa = &a,
                pb = &b,
                pc = &c,
                pInitial = &initial,
                pScratch = scratch
        )
        {
            if (_atOnce && repetition.Count == 1)
            {
                AtOnce(
                    pa + (from * _tile.ARow),
                    pb,
                    pc + (from * _tile.CRow),
                    pInitial == null ? null : pInitial + (from * _tile.InitialRow),
                    to - from
                );
                return;
            }
            var range = new MatrixRange<T>(
                to - from,
                repetition,
                pa + (from * _tile.ARow),
                pb,
                pc + (from * _tile.CRow),
                pInitial == null ? null : pInitial + (from * _tile.InitialRow),
                pScratch
            );
            if (_bits == 512 && Vector512.IsHardwareAccelerated)
                Run<Vector512<T>, Width512<T>>(in range);
            else if (_bits == 256)
                Run<Vector256<T>, Width256<T>>(in range);
            else
                Run<Vector128<T>, Width128<T>>(in range);
        }
    }

    // Products of a few elements take less time than the general way's preparations.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AtOnce(T* a, T* b, T* c, T* initial, int rows)
    {
        if (_bits == 512 && Vector512.IsHardwareAccelerated)
            MatrixLoops<T, Vector512<T>, Width512<T>>.Run(in _tile, a, b, c, initial, rows, _n, _vectors, Packing.None);
        else if (_bits == 256)
            MatrixLoops<T, Vector256<T>, Width256<T>>.Run(in _tile, a, b, c, initial, rows, _n, _vectors, Packing.None);
        else
            MatrixLoops<T, Vector128<T>, Width128<T>>.Run(in _tile, a, b, c, initial, rows, _n, _vectors, Packing.None);
    }

    [MethodImpl(Compilation.Loop)]
    private void Run<TVector, TWidth>(in MatrixRange<T> range)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        if (_way != Way.Tiles)
        {
            for (var i = 0; i < range.Repetition.Count; i++)
                Vector<TVector, TWidth>(range.At(i));
            return;
        }
        if (_blocks > MostBlocks && range.Repetition.Count > 1)
        {
            for (var i = 0; i < range.Repetition.Count; i++)
                Run<TVector, TWidth>(range.At(i));
            return;
        }
        var most = WidestColumns;
        var free = _blocks > MostBlocks ? range.Scratch + PackedSize : null;
        for (var column = 0; column < _n; column += most)
        {
            var initial = range.Initial == null ? null : range.Initial + (column * _tile.InitialColumn);
            Blocks<TVector, TWidth>(in _tile, in range, range.C + column, initial, column, Math.Min(most, _n - column), 0, _blocks, free);
        }
    }

    /// <summary>A block of columns of what some blocks of the depth give: one after another, in halves where they are many.</summary>
    [MethodImpl(Compilation.Loop)]
    private void Blocks<TVector, TWidth>(
        in TileStrides tile,
        in MatrixRange<T> range,
        T* c,
        T* initial,
        int column,
        int columns,
        int first,
        int count,
        T* free
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        if (count > MostBlocks)
        {
            var half = Halves.First(count, MostBlocks);
            Blocks<TVector, TWidth>(in tile, in range, c, initial, column, columns, first, half, free);
            var own = tile with { CRow = columns, InitialRow = 0, InitialColumn = 0 };
            var rest = free + (range.Rows * columns);
            Blocks<TVector, TWidth>(in own, in range, free, null, column, columns, first + half, count - half, rest);
            for (nint row = 0; row < range.Rows; row++)
                Add(free + (row * columns), c + (row * tile.CRow), columns);
            return;
        }
        for (var block = first; block < first + count; block++)
        {
            var p = block * (int)_tile.Depth;
            var strides = tile with { Depth = Math.Min(_tile.Depth, _k - p) };
            if (block > first)
                strides = strides with { InitialRow = tile.CRow, InitialColumn = 1 };
            var b = range.B + (p * _tile.BRow) + (column * _bColumn);
            if (_packing != Packing.None)
            {
                MatrixLoops<T, TVector, TWidth>.PackRight(b, _tile.BRow, _bColumn, strides.Depth, columns, _vectors, range.Scratch);
                b = range.Scratch;
            }
            ref readonly var repetition = ref range.Repetition;
            for (var i = 0; i < repetition.Count; i++)
            {
                var a = range.A + (i * repetition.A) + (p * _tile.AColumn);
                var to = c + (i * repetition.C);
                var start =
                    block > first ? to
                    : initial == null ? null
                    : initial + (i * repetition.Initial);
                Block<TVector, TWidth>(in strides, range.Rows, a, b, to, start, columns, range.Scratch);
            }
        }
    }

    /// <summary>Adds what one block of the depth gives to one block of columns.</summary>
    [MethodImpl(Compilation.Loop)]
    private void Block<TVector, TWidth>(in TileStrides strides, int rows, T* a, T* b, T* c, T* initial, int columns, T* scratch)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var packed = (_packing & Packing.Left) != Packing.None;
        var most = packed ? MostRows : rows;
        for (var row = 0; row < rows; row += most)
        {
            var count = Math.Min(most, rows - row);
            var x = a + (row * _tile.ARow);
            if (packed)
            {
                var left = scratch + RightSize;
                MatrixLoops<T, TVector, TWidth>.PackLeft(x, _tile.ARow, _tile.AColumn, strides.Depth, count, _vectors, left);
                x = left;
            }
            MatrixLoops<T, TVector, TWidth>.Run(
                in strides,
                x,
                b,
                c + (row * strides.CRow),
                initial == null ? null : initial + (row * strides.InitialRow),
                count,
                columns,
                _vectors,
                _packing
            );
        }
    }

    [MethodImpl(Compilation.Loop)]
    private void Vector<TVector, TWidth>(in MatrixRange<T> range)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        // A single column is the transpose of a single row by the transposed matrix.
        var (x, matrix) = _turned ? ((nint)range.B, (nint)range.A) : ((nint)range.A, (nint)range.B);
        var (step, down, across) = _turned ? (_tile.BRow, _tile.AColumn, _tile.ARow) : (_tile.AColumn, _tile.BRow, _bColumn);
        var (count, cStep, initialStep) = _turned ? (range.Rows, _tile.CRow, _tile.InitialRow) : (_n, 1, _tile.InitialColumn);
        if (_way == Way.ByRows)
        {
            ByRows<TVector, TWidth>((T*)x, step, (T*)matrix, down, _k, range.C, count, range.Initial, initialStep, range.Scratch);
            return;
        }
        if (step != 1)
        {
            for (nint p = 0; p < _k; p++)
                range.Scratch[p] = ((T*)x)[p * step];
            x = (nint)range.Scratch;
        }
        Dots<T>.ByColumns((T*)x, (T*)matrix, across, _k, range.C, cStep, count, _m == 1 && _n == 1, range.Initial, initialStep);
    }

    /// <summary>A vector by some of a matrix's rows: a chain up to a block of them, in halves beyond.</summary>
    private static void ByRows<TVector, TWidth>(
        T* x,
        nint step,
        T* matrix,
        nint row,
        int depth,
        T* y,
        int count,
        T* initial,
        nint initialStep,
        T* free
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        if (depth <= MostDepth)
        {
            MatrixVectorLoops<T, TVector, TWidth>.Run(x, step, matrix, row, depth, y, count, initial, initialStep);
            return;
        }
        var half = Halves.First(depth, MostDepth);
        ByRows<TVector, TWidth>(x, step, matrix, row, half, y, count, initial, initialStep, free);
        ByRows<TVector, TWidth>(x + (half * step), step, matrix + (half * row), row, depth - half, free, count, null, 0, free + count);
        Add(free, y, count);
    }

    /// <summary>y ← y + x.</summary>
    private static void Add(T* x, T* y, int count) => Lanes.Zip<T, Forms.Both, ArithmeticOfTwo<T>.Add>(ref *y, ref *x, ref *y, count);

    private Way WayOf()
    {
        if (_m != 1 && !_turned)
            return Way.Tiles;
        var (down, across) = _turned ? (_tile.AColumn, _tile.ARow) : (_tile.BRow, _bColumn);
        if (_m == 1 && _n == 1 && down == 1)
            return Way.ByColumns;
        return across == 1 && (!_turned || _tile.CRow == 1) ? Way.ByRows
            : down == 1 ? Way.ByColumns
            : Way.Tiles;
    }

    /// <summary>Packing costs a copy: it pays where many rows share a right matrix beyond the first-level cache, or a left one is read again and again from far apart.</summary>
    private Packing PackingOf()
    {
        if (_bColumn == 1 && (_m <= 32 || (long)_n * _k <= 4096))
            return Packing.None;
        return _n >= (_tile.AColumn == 1 ? 384 : 64) ? Packing.Left | Packing.Right : Packing.Right;
    }

    private delegate* <in TileStrides, T*, T*, T*, T*, int, void> Whole<TVector, TWidth>()
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var vectors = Vectors(_n);
        return _atOnce && _m > 0 && vectors > 0 && vectors <= _vectors && _m <= TWidth.Rows(vectors)
            ? MatrixTiles<T, TVector, TWidth>.Of(_m, vectors, _last > 0)
            : null;
    }

    private int Vectors(int columns) => (columns + Elements - 1) / Elements;

    /// <summary>The narrowest vectors one of which holds so many elements, else the widest that the machine has.</summary>
    private static int Narrowest(int count) =>
        count <= Vector128<T>.Count || !Vector256.IsHardwareAccelerated ? 128
        : count <= Vector256<T>.Count || !Vector512.IsHardwareAccelerated ? 256
        : 512;
}
