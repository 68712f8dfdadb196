using System.Runtime.InteropServices;
using System.Text;

namespace AutoDiff.Data;

/// <summary>Cells one after another, as bytes, until it is known which columns are numbers.</summary>
internal sealed class CsvCells
{
    private readonly List<byte> _bytes = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _lines = [];

    public int Rows => _lines.Count;

    /// <summary>The line of each row.</summary>
    public IReadOnlyList<int> Lines => _lines;

    public void Add(ReadOnlySpan<byte> cell)
    {
        _bytes.AddRange(cell);
        _ends.Add(_bytes.Count);
    }

    public void EndRow(int line) => _lines.Add(line);

    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        _lines.Clear();
    }

    /// <summary>A column of numbers where all cells that are not missing are, else of text.</summary>
    public TableColumn Column(string name, int position, int columns, HashSet<string> missing)
    {
        var numbers = new double[Rows];
        for (var row = 0; row < numbers.Length; row++)
        {
            var cell = Cell(row, position, columns);
            if (CsvCell.IsNumber(cell, out numbers[row]))
                continue;
            if (!IsMissing(cell, missing))
                return new(name, position, default, ImmutableCollectionsMarshal.AsImmutableArray(Texts(position, columns, missing)));
            numbers[row] = double.NaN;
        }
        return new(name, position, ImmutableCollectionsMarshal.AsImmutableArray(numbers), default);
    }

    private string?[] Texts(int position, int columns, HashSet<string> missing)
    {
        var texts = new string?[Rows];
        // Labels are few and their rows many.
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < texts.Length; row++)
        {
            var cell = Cell(row, position, columns);
            if (IsMissing(cell, missing))
                continue;
            var text = Encoding.UTF8.GetString(cell);
            texts[row] = CollectionsMarshal.GetValueRefOrAddDefault(seen, text, out _) ??= text;
        }
        return texts;
    }

    private static bool IsMissing(ReadOnlySpan<byte> cell, HashSet<string> missing) =>
        missing.Contains(Encoding.UTF8.GetString(cell).Trim());

    private ReadOnlySpan<byte> Cell(int row, int column, int columns)
    {
        var cell = (row * columns) + column;
        var start = cell == 0 ? 0 : _ends[cell - 1];
        return CollectionsMarshal.AsSpan(_bytes)[start.._ends[cell]];
    }
}
