using System.Collections.Immutable;

namespace AutoDiff.Data;

/// <summary>A column of a table: of numbers where every cell that is not missing is one, else of text.</summary>
public sealed class TableColumn
{
    internal TableColumn(string name, int position, ImmutableArray<double> numbers, ImmutableArray<string?> texts) =>
        (Name, Position, Numbers, Texts) = (name, position, numbers, texts);

    /// <summary>Its name; where the file gives none, <c>column1</c>, <c>column2</c>, … by its place.</summary>
    public string Name { get; }

    /// <summary>Its position, counted from 0.</summary>
    public int Position { get; }

    /// <summary>Whether it is one of numbers.</summary>
    public bool IsNumeric => Texts.IsDefault;

    /// <summary>Its numbers [rows], NaN where one is missing; default in a column of text.</summary>
    public ImmutableArray<double> Numbers { get; }

    /// <summary>Its texts [rows], null where one is missing; default in a column of numbers.</summary>
    public ImmutableArray<string?> Texts { get; }

    internal bool IsMissing(int row) => IsNumeric ? double.IsNaN(Numbers[row]) : Texts[row] is null;
}
