namespace AutoDiff;

/// <summary>The elements of a row-major tensor that are reduced over axes, its last among them, as rows of windows side by side, some windows at a time.</summary>
internal sealed class WindowRows
{
    /// <summary>Longer windows are better reduced one by one.</summary>
    public const int MostEach = 16;

    // A row's elements, its taps and what is made of them lie in the first-level cache together.
    private const int TileElements = 512;

    // A part takes some tens of microseconds.
    private const int PartChunks = 64;

    private readonly Strided _kept;
    private readonly int _rows;
    private readonly int _together;
    private readonly int _stretch;
    private readonly int _groupChunks;
    private readonly int _rowChunks;
    private readonly int _chunks;
    private readonly EqualParts _parts;

    /// <summary>Rows of a tensor; see <see cref="Fit"/>.</summary>
    public WindowRows(Shape shape, Ints axes)
    {
        var (axis, strides) = (shape.Rank, View.RowMajor(shape));
        for (Each = 1; axis > 0 && axes.Contains(axis - 1); )
            Each *= shape[--axis];
        for (Columns = 1; axis > 0 && !axes.Contains(axis - 1); )
            Columns *= shape[--axis];
        var outer = Enumerable.Range(0, axis).ToLookup(axes.Contains);
        var taps = Of(outer[true]);
        _kept = Of(outer[false]);
        Taps = [.. Enumerable.Range(0, taps.Lengths.Aggregate(1, (count, length) => count * length)).Select(i => taps.Place(i))];
        _rows = _kept.Lengths.Aggregate(1, (count, length) => count * length);
        Distance = _kept.Strides[0][^1];
        _stretch = Math.Min(Columns, Math.Max(1, TileElements / Each));
        _together = Columns > _stretch ? 1 : Math.Min(_kept.Lengths[^1], Math.Max(1, TileElements / (Columns * Each)));
        _rowChunks = (Columns + _stretch - 1) / _stretch;
        _groupChunks = (_kept.Lengths[^1] + _together - 1) / _together;
        _chunks = _rows / _kept.Lengths[^1] * _groupChunks * _rowChunks;
        _parts = new(_chunks, PartChunks);

        Strided Of(IEnumerable<int> picked) => Strided.Of([.. picked.Select(i => shape[i])], [.. picked.Select(i => strides[i])]);
    }

    /// <summary>How many neighbours in a row a window has.</summary>
    public int Each { get; }

    /// <summary>How many windows lie side by side in a row.</summary>
    public int Columns { get; }

    /// <summary>Where behind a row's first element the rows of its windows begin.</summary>
    public int[] Taps { get; }

    /// <summary>From a row of windows to the next of its chunk.</summary>
    public int Distance { get; }

    /// <summary>The most windows of a chunk.</summary>
    public int Windows => _together * _stretch;

    /// <summary>In how many parts threads may share the chunks.</summary>
    public int Parts => Math.Max(1, _parts.Count);

    /// <summary>The chunks of all parts.</summary>
    public (int From, int To) All => (0, _chunks);

    /// <summary>Whether a reduction is one of short windows, its last axis among those reduced.</summary>
    public static bool Fit(Shape shape, Ints axes)
    {
        var each = 1;
        for (var axis = shape.Rank; axis > 0 && axes.Contains(axis - 1) && each <= MostEach; )
            each *= shape[--axis];
        return shape.Size > 0 && each is > 1 and <= MostEach && axes.Count < shape.Rank;
    }

    /// <summary>The chunks of a part.</summary>
    public (int From, int To) Part(int part) => (_parts.Start(part), _parts.Start(part + 1));

    /// <summary>Where a chunk's first element lies, which window is its first, and of how many rows with how many windows it is.</summary>
    public (int Offset, int Window, int Rows, int Columns) Chunk(int chunk)
    {
        var (rest, stretch) = Math.DivRem(chunk, _rowChunks);
        var (group, start) = Math.DivRem(rest, _groupChunks);
        var row = (group * _kept.Lengths[^1]) + (start * _together);
        var column = stretch * _stretch;
        return (
            _kept.Place(row) + (column * Each),
            (row * Columns) + column,
            Math.Min(_together, _kept.Lengths[^1] - (start * _together)),
            Math.Min(_stretch, Columns - column)
        );
    }
}
