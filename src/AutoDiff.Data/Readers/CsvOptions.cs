using System.Collections.Immutable;

namespace AutoDiff.Data;

/// <summary>How a CSV file is read, and how much of it before it is refused.</summary>
public sealed record CsvOptions
{
    private const string Operation = nameof(CsvOptions);

    /// <summary>What stands between cells: a comma, a semicolon, a tab, a bar or a space, of which several count as one; found in the first lines where it is null.</summary>
    /// <remarks>The first of tab, semicolon, comma, bar and space that stands equally often, and at all, on every line looked at but the first; else the first of them on the first line.</remarks>
    /// <exception cref="ArgumentException">It is another character.</exception>
    public char? Separator
    {
        get;
        init
        {
            Require.That(
                value is null || CsvSeparators.All.Contains((byte)Math.Min((int)value.Value, byte.MaxValue)),
                $"[{Operation}] got the separator with the number {(int)(value ?? ' ')}; expected a comma, a semicolon, a tab, a bar or a space"
            );
            field = value;
        }
    }

    /// <summary>Whether the first line names the columns.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public CsvHeader Header
    {
        get;
        init
        {
            Require.That(Enum.IsDefined(value), $"[{Operation}] got header {value}; expected a member of {nameof(CsvHeader)}");
            field = value;
        }
    }

    /// <summary>Which cells count as missing, in whatever case, without the spaces around them.</summary>
    /// <remarks>By default empty ones, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> and <c>null</c>. A number that is NaN is missing, too.</remarks>
    /// <exception cref="ArgumentException">There is no list, or a null in it.</exception>
    public ImmutableArray<string> Missing
    {
        get;
        init
        {
            Require.That(
                !value.IsDefault && value.All(text => text is not null),
                $"[{Operation}] got no list of missing values, or a null in it; expected texts"
            );
            field = value;
        }
    } = ["", "?", "NA", "N/A", "NaN", "null"];

    /// <summary>The most rows below the header.</summary>
    /// <exception cref="ArgumentException">It is below 1.</exception>
    public int MostRows
    {
        get;
        init => field = Positive(value, "rows");
    } = 1_000_000;

    /// <summary>The most bytes of a row, a quoted cell's lines together.</summary>
    /// <exception cref="ArgumentException">It is below 1.</exception>
    public int MostBytesPerRow
    {
        get;
        init => field = Positive(value, "bytes in a row");
    } = 1 << 20;

    /// <summary>The most bytes of text, unpacked.</summary>
    /// <exception cref="ArgumentException">It is below 1.</exception>
    public int MostBytes
    {
        get;
        init => field = Positive(value, "bytes");
    } = 1 << 28;

    private static int Positive(int value, string what)
    {
        Require.Positive(Operation, $"a limit of {what} of", value);
        return value;
    }
}
