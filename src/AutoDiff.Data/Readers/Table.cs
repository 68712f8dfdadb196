using System.Collections.Immutable;
using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>A table as it stands in a file: named columns of numbers or text.</summary>
public sealed class Table
{
    private readonly ImmutableArray<int> _lines;
    private readonly ImmutableArray<string> _classes;

    internal Table(string source, ImmutableArray<TableColumn> columns, ImmutableArray<int> lines, ImmutableArray<string> classes) =>
        (Source, Columns, _lines, _classes) = (source, columns, lines, classes);

    /// <summary>The file's name, for messages.</summary>
    public string Source { get; }

    /// <summary>The columns in the file's order.</summary>
    public ImmutableArray<TableColumn> Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _lines.Length;

    /// <summary>A column by its name or position.</summary>
    /// <exception cref="ArgumentException">There is none, or several have the name.</exception>
    public TableColumn this[ColumnKey key]
    {
        get
        {
            if (key.Name is { } name)
            {
                var found = Columns.Where(column => string.Equals(column.Name, name, StringComparison.Ordinal)).Take(2).ToArray();
                Require.That(
                    found.Length == 1,
                    $"[{nameof(Table)}] got the column {key}, a name that {(found.Length == 0 ? "none" : "more than one")} has; expected one of {Listed()}"
                );
                return found[0];
            }
            var position = key.Position.GetOffset(Columns.Length);
            Require.That(
                position >= 0 && position < Columns.Length,
                $"[{nameof(Table)}] got the column {key}; expected a position in {Columns.Length} columns"
            );
            return Columns[position];
        }
    }

    /// <summary>Where a cell stands in the file, as a text editor shows it: <c>iris.csv, line 3, column 2</c>.</summary>
    /// <exception cref="ArgumentException">There is no such row or column.</exception>
    public string Place(int row, ColumnKey column)
    {
        Require.That(row >= 0 && row < Count, $"[{nameof(Table)}.{nameof(Place)}] got row {row}; expected one of {Count}");
        return $"{Source}, line {_lines[row]}, column {this[column].Position + 1}";
    }

    /// <summary>The classes that a column's cells name, in the order of their numbers.</summary>
    /// <remarks>Its distinct cells without the missing ones: texts by the values of their characters, numbers ascending. Or as scikit-learn's header names them, where it does and the column is the last.</remarks>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ImmutableArray<string> Classes(ColumnKey column) => TableTargets.Classes(this, this[column]);

    /// <summary>Examples of which one column is to be predicted from others.</summary>
    /// <param name="target">The column to predict.</param>
    /// <param name="features">Those to predict it from, in the order wanted; all others where null.</param>
    /// <param name="ignore">Those that are neither; only where <paramref name="features"/> is null.</param>
    /// <param name="missing">What becomes of rows where a value that is used is missing.</param>
    /// <param name="classes">Whether numbers of the target are labels of classes, too, as text always is.</param>
    /// <returns>Inputs [rows, features], and targets [rows]: positions in <see cref="Classes"/>, or the numbers as they are.</returns>
    /// <exception cref="InvalidFileException">A cell that is used is missing, no number or not finite, a label is none of the classes that the header names, or no row is left; the message gives line and column.</exception>
    /// <exception cref="ArgumentException">There is no such column, the target is a feature, features are null or none, or both they and columns to ignore are given.</exception>
    public Dataset ToDataset(
        ColumnKey target,
        IReadOnlyList<ColumnKey>? features = null,
        IReadOnlyList<ColumnKey>? ignore = null,
        MissingValues missing = MissingValues.Refuse,
        bool classes = false
    )
    {
        const string operation = "Table.ToDataset";
        RequireRule(missing, operation);
        Require.That(features is null || ignore is null, $"[{operation}] got features and columns to ignore; expected one of them");
        var predicted = this[target];
        var left = (ignore ?? []).Select(key => this[key]).Append(predicted).ToHashSet();
        TableColumn[] used = features is null
            ? [.. Columns.Where(column => !left.Contains(column))]
            : [.. features.Select(key => this[key])];
        Require.That(
            used.Length > 0 && !used.Contains(predicted),
            $"[{operation}] got {(used.Length == 0 ? "no features" : $"the target {target} among the features")}; expected other columns than the target"
        );
        var rows = TableRows.Of(this, used, predicted, missing, operation);
        var isClass = classes || !predicted.IsNumeric || IsNamed(predicted);
        var targets = isClass ? TableTargets.Numbers(this, predicted, rows, operation) : rows.Values([predicted]);
        return new(Tensor.Of(rows.Values(used), rows.Count, used.Length), Tensor.Of(targets, rows.Count));
    }

    /// <summary>Columns of numbers as a matrix.</summary>
    /// <param name="columns">Which, in the order wanted; all where null.</param>
    /// <param name="missing">What becomes of rows where a value that is used is missing.</param>
    /// <returns>The numbers [rows, columns].</returns>
    /// <exception cref="InvalidFileException">A cell that is used is missing, no number or not finite, or no row is left; the message gives line and column.</exception>
    /// <exception cref="ArgumentException">There is no such column, or none is given.</exception>
    public Tensor ToTensor(IReadOnlyList<ColumnKey>? columns = null, MissingValues missing = MissingValues.Refuse)
    {
        const string operation = "Table.ToTensor";
        RequireRule(missing, operation);
        TableColumn[] used = columns is null ? [.. Columns] : [.. columns.Select(key => this[key])];
        Require.That(used.Length > 0, $"[{operation}] got no columns; expected at least one");
        var rows = TableRows.Of(this, used, null, missing, operation);
        return Tensor.Of(rows.Values(used), rows.Count, used.Length);
    }

    /// <summary>The names that the file's header has for the classes of a column; empty where it has none.</summary>
    internal ImmutableArray<string> NamesOf(TableColumn column) => column.Position == Columns.Length - 1 ? _classes : [];

    internal InvalidFileException Refusal(int row, TableColumn column, string problem, string operation) =>
        new($"[{operation}] {Place(row, column.Position)} ({column.Name}): {problem}", Source, null);

    private bool IsNamed(TableColumn column) => NamesOf(column).Length > 0;

    private string Listed()
    {
        const int most = 10;
        return string.Join(", ", Columns.Take(most).Select(column => $"\"{column.Name}\""))
            + (Columns.Length > most ? $" and {Columns.Length - most} more" : "");
    }

    private static void RequireRule(MissingValues missing, string operation) =>
        Require.That(Enum.IsDefined(missing), $"[{operation}] got missing {missing}; expected a member of {nameof(MissingValues)}");
}
