using System.Globalization;

namespace AutoDiff.Plots;

/// <summary>A column of a mark's data: numbers, or words; the other is empty.</summary>
public sealed record Column(string Name, ImmutableArray<double> Numbers, ImmutableArray<string> Words)
{
    /// <summary>How many data it has; −1 where the array is missing.</summary>
    internal int Count => Numbers.IsDefault || Words.IsDefault ? -1 : Math.Max(Numbers.Length, Words.Length);

    /// <summary>A mark's data; of a grid, a row for each of its values.</summary>
    internal static ImmutableArray<Column> Of(Mark mark) =>
        mark switch
        {
            Mark.Scatter { Labels: { IsDefault: false, Length: 0 } } m => [.. Points(m)],
            Mark.Scatter m => [.. Points(m), Of("label", m.Labels)],
            Mark.ErrorBar m => [.. Points(m), Of("low", m.Low), Of("high", m.High)],
            Mark.Arrows m => [.. Points(m), Of("dx", m.Dx), Of("dy", m.Dy)],
            Mark.Text m => [.. Points(m), Of("text", m.Words)],
            Mark.Series m => [.. Points(m)],
            Mark.Bar m => [Of("category", m.Categories), Of("height", m.Heights)],
            Mark.Histogram m => [Of("value", m.Values)],
            Mark.Box m => [Of("value", m.Values), Of("category", [.. m.Values.IsDefault ? [] : m.Values.Select(_ => m.Category)])],
            Mark.Band m => [Of("x", m.X), Of("low", m.Low), Of("high", m.High)],
            Mark.Grid m => Table("x y value", m.Values.Select((value, i) => (double[])[m.X[i % m.X.Length], m.Y[i / m.X.Length], value])),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Columns of numbers, row by row.</summary>
    internal static ImmutableArray<Column> Table(string names, IEnumerable<double[]> rows)
    {
        double[][] all = [.. rows];
        return [.. names.Split(' ').Select((name, i) => Of(name, [.. all.Select(row => row[i])]))];
    }

    internal string Text(int row) => Words.IsEmpty ? Numbers[row].ToString("R", CultureInfo.InvariantCulture) : Words[row];

    private static Column Of(string name, ImmutableArray<double> numbers) => new(name, numbers, []);

    private static Column Of(string name, ImmutableArray<string> words) => new(name, [], words);

    private static Column[] Points(Mark.Series mark) => [Of("x", mark.X), Of("y", mark.Y)];
}
