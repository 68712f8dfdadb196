using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>Classes of a column: their names, and the number of each row's.</summary>
internal static class TableTargets
{
    public static ImmutableArray<string> Classes(Table table, TableColumn column)
    {
        if (table.NamesOf(column) is { Length: > 0 } names)
            return names;
        return column.IsNumeric
            ? [.. Labels(column).Select(label => label.ToString("R", CultureInfo.InvariantCulture))]
            : [.. column.Texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The class number of each of the rows.</summary>
    public static double[] Numbers(Table table, TableColumn column, TableRows rows, string operation)
    {
        var names = table.NamesOf(column);
        if (!column.IsNumeric)
        {
            if (names.Length > 0)
                throw NoNumber(table, column, names.Length, operation);
            var numbers = Classes(table, column)
                .Index()
                .ToDictionary(pair => pair.Item, pair => (double)pair.Index, StringComparer.Ordinal);
            return rows.Select(row => numbers[column.Texts[row]!]);
        }
        var labels = Labels(column);
        return rows.Select(row =>
        {
            var label = column.Numbers[row];
            if (names.Length == 0)
                return labels.BinarySearch(label);
            return label >= 0 && label < names.Length && label == Math.Floor(label)
                ? label
                : throw table.Refusal(row, column, $"got {label}; expected the number of one of {names.Length} classes", operation);
        });
    }

    private static InvalidFileException NoNumber(Table table, TableColumn column, int classes, string operation)
    {
        var row = column.Texts.Index().First(pair => pair.Item is { } text && !CsvCell.IsNumber(Encoding.UTF8.GetBytes(text), out _)).Index;
        return table.Refusal(
            row,
            column,
            $"got {CsvCell.Shown(column.Texts[row]!)}; expected the number of one of {classes} classes",
            operation
        );
    }

    private static ImmutableArray<double> Labels(TableColumn column) =>
        [.. column.Numbers.Where(value => !double.IsNaN(value)).Distinct().Order()];
}
