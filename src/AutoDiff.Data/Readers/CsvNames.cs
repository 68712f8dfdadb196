using System.Collections.Immutable;
using CsvHelper;

namespace AutoDiff.Data;

/// <summary>What a first line that is no row says.</summary>
/// <param name="Columns">How many columns there are.</param>
/// <param name="Names">Their names; null where it names none.</param>
/// <param name="Rows">How many rows follow; null where it does not say.</param>
/// <param name="Classes">The names of the classes of the last column; empty where it names none.</param>
internal sealed record CsvNames(int Columns, ImmutableArray<string>? Names, int? Rows, ImmutableArray<string> Classes)
{
    /// <summary>The header that a first line is; null where it is a row.</summary>
    public static CsvNames? Of(CsvReader line, List<int> fields, CsvHeader header)
    {
        if (header == CsvHeader.Absent)
            return null;
        var numbers = fields.Count(field => CsvCell.IsNumber(line.GetSpan(field), out _));
        // rows,features,name of class 0,…: as scikit-learn has it.
        if (
            header == CsvHeader.Detect
            && numbers == 2
            && fields.Count > 2
            && CsvCell.IsCount(line.GetSpan(fields[0]), out var rows)
            && CsvCell.IsCount(line.GetSpan(fields[1]), out var features)
            && features < int.MaxValue
        )
            return new(features + 1, null, rows, Texts(line, fields.Skip(2)));
        return header == CsvHeader.Present || numbers == 0 ? new(fields.Count, Texts(line, fields), null, []) : null;
    }

    private static ImmutableArray<string> Texts(CsvReader line, IEnumerable<int> fields) => [.. fields.Select(line.GetString)];
}
