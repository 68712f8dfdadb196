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
    /// <summary>The names of columns that a first line is; null where it is none.</summary>
    public static CsvNames? OfColumns(CsvReader line, List<int> fields, CsvHeader header) =>
        header == CsvHeader.Present || (header == CsvHeader.Detect && Numbers(line, fields) == 0)
            ? new(fields.Count, Texts(line, fields), null, [])
            : null;

    /// <summary>What a first line says that may be scikit-learn's <c>rows,features,name of class 0,…</c>, or a row; null where it cannot be the former.</summary>
    public static CsvNames? OfClasses(CsvReader line, List<int> fields, CsvHeader header) =>
        header == CsvHeader.Detect
        && fields.Count > 2
        && Numbers(line, fields) == 2
        && CsvCell.IsCount(line.GetSpan(fields[0]), out var rows)
        && CsvCell.IsCount(line.GetSpan(fields[1]), out var features)
        && features < int.MaxValue
            ? new(features + 1, null, rows, Texts(line, fields.Skip(2)))
            : null;

    private static int Numbers(CsvReader line, List<int> fields) => fields.Count(field => CsvCell.IsNumber(line.GetSpan(field), out _));

    private static ImmutableArray<string> Texts(CsvReader line, IEnumerable<int> fields) => [.. fields.Select(line.GetString)];
}
