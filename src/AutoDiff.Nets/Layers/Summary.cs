using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Nets;

/// <summary>A net's layers in the order in which they are applied, their output shapes and numbers of parameters; <see cref="ToString"/> is a table.</summary>
/// <remarks>A composite has a row behind those of its parts, of what it has besides them; a <see cref="Sequential"/> adds nothing to its parts and has none.</remarks>
/// <param name="Input">The shape of one example.</param>
/// <param name="Rows">The layers.</param>
public sealed record Summary(Shape Input, ImmutableArray<SummaryRow> Rows)
{
    private static readonly string[] Headers = ["path", "layer", "output", "parameters"];

    /// <summary>The number of parameters in all.</summary>
    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <inheritdoc/>
    public bool Equals(Summary? other) => other is not null && Input.Equals(other.Input) && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Input, Rows.Length, Parameters);

    /// <summary>A line for each row in aligned columns, below the input, and the sum of the parameters.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            Headers,
            ["", "input", $"{Input}", ""],
            .. Rows.Select(row => (string[])[row.Path, row.Layer, $"{row.Output}", Number(row.Parameters)]),
            ["", "", "", Number(Parameters)],
        ];
        int[] widths = [.. Headers.Select((_, column) => cells.Max(row => row[column].Length))];
        return string.Join('\n', cells.Select(Line));

        string Line(string[] row) =>
            $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3].PadLeft(widths[3])}";
    }

    /// <summary>The rows of a layer, and the number of its parameters, those of its parts among them.</summary>
    internal static long Describe(string path, Layer layer, Shape input, ICollection<SummaryRow> rows)
    {
        var total = layer.Init(Key.Of(0), input).Tensors.Sum(parameter => (long)parameter.Shape.Size);
        var parts = layer is Composite composite ? composite.Parts(input) : [];
        var inside = parts.Sum(part => Describe(path.Length == 0 ? part.Path : $"{path}.{part.Path}", part.Layer, part.Input, rows));
        if (layer is not Sequential)
            rows.Add(new(path, layer.Title, layer.OutputShape(input), total - inside));
        return total;
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
