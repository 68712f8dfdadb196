namespace AutoDiff.Data;

/// <summary>Finds what stands between the cells of a text.</summary>
internal static class CsvSeparators
{
    private const int Lines = 20;

    /// <summary>Those that are known, the likelier sign first: a decimal comma or a space stands in cells, too.</summary>
    public static ReadOnlySpan<byte> All => "\t;,| "u8;

    /// <summary>The separator of a text that begins so.</summary>
    public static char Detect(ReadOnlySpan<byte> text)
    {
        var counts = Count(text);
        // scikit-learn's header has as many cells as there are classes.
        var rows = counts.Count > 1 ? counts[1..] : counts;
        for (var i = 0; i < All.Length; i++)
        {
            if (rows.Count > 0 && rows[0][i] > 0 && rows.TrueForAll(row => row[i] == rows[0][i]))
                return (char)All[i];
        }
        for (var i = 0; i < All.Length; i++)
        {
            if (counts.Count > 0 && counts[0][i] > 0)
                return (char)All[i];
        }
        return ',';
    }

    /// <summary>How often each stands outside quotes on each of the first whole lines that are not blank.</summary>
    private static List<int[]> Count(ReadOnlySpan<byte> text)
    {
        var lines = new List<int[]>();
        var line = new int[All.Length];
        var (quoted, filled, spaced) = (false, false, true);
        foreach (var one in text)
        {
            if (lines.Count == Lines)
                return lines;
            quoted ^= one == '"';
            if (!quoted && one is (byte)'\n' or (byte)'\r')
            {
                Close(lines, ref line, filled, spaced);
                (filled, spaced) = (false, true);
                continue;
            }
            var isSpace = one == ' ';
            if (!quoted && All.IndexOf(one) is >= 0 and var i && !(isSpace && spaced))
                line[i]++;
            filled |= !isSpace;
            spaced = isSpace && !quoted;
        }
        // The last line may be cut off here.
        if (lines.Count < 2)
            Close(lines, ref line, filled, spaced);
        return lines;
    }

    private static void Close(List<int[]> lines, ref int[] line, bool filled, bool spaced)
    {
        // Spaces at the end separate nothing.
        line[^1] -= filled && spaced ? 1 : 0;
        if (filled)
            lines.Add(line);
        line = new int[All.Length];
    }
}
