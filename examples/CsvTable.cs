using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>A table of finite numbers as it stands in a file.</summary>
/// <param name="Source">The file's name, for messages.</param>
/// <param name="Columns">How many cells each row has.</param>
/// <param name="Cells">All cells, row by row.</param>
/// <param name="FirstLine">The line of the first row, counted from 1; rows stand on consecutive lines.</param>
public sealed record CsvTable(string Source, int Columns, ImmutableArray<double> Cells, int FirstLine)
{
    public int Rows => Cells.Length / Columns;

    public double this[int row, int column] => Cells[(row * Columns) + column];

    /// <summary>The refusal of a cell, by the line and column a text editor shows.</summary>
    public RefusedException Refusal(int row, int column, string problem) =>
        new($"{Source}, line {FirstLine + row}, column {column + 1}: {problem}");
}
