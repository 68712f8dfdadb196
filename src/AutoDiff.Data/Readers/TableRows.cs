using System.Text;
using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>The rows of a table that are used, and what stands for values that are missing.</summary>
internal sealed class TableRows
{
    private readonly int[] _rows;
    private readonly MissingValues _missing;

    private TableRows(int[] rows, MissingValues missing) => (_rows, _missing) = (rows, missing);

    public int Count => _rows.Length;

    /// <summary>The rows that a rule leaves.</summary>
    /// <exception cref="InvalidFileException">A cell that is used is no number or not finite, is missing where none may be, or no row is left.</exception>
    public static TableRows Of(Table table, TableColumn[] features, TableColumn? target, MissingValues missing, string operation)
    {
        var kept = new bool[table.Count];
        Array.Fill(kept, true);
        foreach (var column in features)
            Check(table, column, kept, missing, missing == MissingValues.DropRows, operation);
        if (target is not null)
            Check(table, target, kept, missing, drops: true, operation, isTarget: true);
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(row => kept[row])];
        if (rows.Length == 0)
            throw new InvalidFileException(
                $"[{operation}] {table.Source}: every row lacks a value that is used; expected rows without missing values",
                table.Source,
                null
            );
        if (missing == MissingValues.Mean && Array.Find(features, column => column.Numbers.All(double.IsNaN)) is { } empty)
            throw table.Refusal(0, empty, "no value of the column is there; expected at least one, to take the mean of", operation);
        return new(rows, missing);
    }

    /// <summary>The numbers of columns [rows, columns].</summary>
    public double[] Values(ReadOnlySpan<TableColumn> columns)
    {
        var values = new double[_rows.Length * columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var numbers = columns[i].Numbers;
            var mean = _missing == MissingValues.Mean ? Mean(numbers.AsSpan()) : double.NaN;
            for (var row = 0; row < _rows.Length; row++)
            {
                var number = numbers[_rows[row]];
                values[(row * columns.Length) + i] = double.IsNaN(number) ? mean : number;
            }
        }
        return values;
    }

    public double[] Select(Func<int, double> value) => Array.ConvertAll(_rows, row => value(row));

    private static void Check(
        Table table,
        TableColumn column,
        bool[] kept,
        MissingValues missing,
        bool drops,
        string operation,
        bool isTarget = false
    )
    {
        for (var row = 0; row < kept.Length; row++)
        {
            if (column.IsMissing(row))
            {
                if (missing == MissingValues.Refuse)
                    throw table.Refusal(
                        row,
                        column,
                        $"the value is missing; expected one, or another rule than {nameof(MissingValues)}.{nameof(MissingValues.Refuse)}",
                        operation
                    );
                kept[row] &= !drops;
            }
            else if (column.IsNumeric && !double.IsFinite(column.Numbers[row]))
            {
                throw table.Refusal(
                    row,
                    column,
                    FormattableString.Invariant($"got {column.Numbers[row]}; expected a finite number"),
                    operation
                );
            }
            else if (!column.IsNumeric && !isTarget && !CsvCell.IsNumber(Encoding.UTF8.GetBytes(column.Texts[row]!), out _))
            {
                throw table.Refusal(row, column, $"got {CsvCell.Shown(column.Texts[row]!)}; expected a number", operation);
            }
        }
    }

    /// <summary>Of those that are there; as a running mean, since their sum may overflow.</summary>
    private static double Mean(ReadOnlySpan<double> numbers)
    {
        var (mean, count) = (0.0, 0);
        foreach (var number in numbers)
        {
            if (!double.IsNaN(number))
                mean += (number / ++count) - (mean / count);
        }
        return mean;
    }
}
