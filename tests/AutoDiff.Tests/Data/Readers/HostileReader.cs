using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Tests.Data;

/// <summary>A reader of data files, a file that it reads right, and what must hold of whatever it reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Writes a right file: the first rows of handwritten digits, real data.</param>
/// <param name="Read">Reads a file, and gives how many numbers or cells it made, and how many bytes the file must have for them.</param>
internal sealed record HostileReader(string Name, Action<string> Write, Func<string, (long Count, long Bytes)> Read)
{
    private const int Rows = 20;

    // Cells of a table stand a byte apart, and one of them may be empty at the end.
    private static readonly Func<string, (long, long)> _table = path =>
    {
        var table = Csv.Read(path);
        foreach (var column in table.Columns)
        {
            if ((column.IsNumeric ? column.Numbers.Length : column.Texts.Length) != table.Count)
                throw new InvalidOperationException($"column {column.Name} has not {table.Count} rows");
        }
        var cells = (long)table.Count * table.Columns.Length;
        return (cells, cells - 1);
    };

    public static ImmutableArray<HostileReader> All { get; } =
    [
        new("IDX", path => Idx.Write(path, Images()), path => Elements(Idx.Read(path), 1)),
        new("IDX of doubles", path => Idx.Write(path, Images(), IdxType.Double), path => Elements(Idx.Read(path), 1)),
        new("IDX, gzip", path => Idx.Write(path, Images(), compressed: true), path => Elements(Idx.Read(path), 1)),
        new("CSV", path => File.WriteAllBytes(path, Text()), _table),
        new("CSV, gzip", path => File.WriteAllBytes(path, HostileBytes.Pack(Text())), _table),
        new("npy", path => Npy.Save(path, Images()), path => Elements(Npy.Load(path), 1)),
        new("npz", path => Npz.Save(path, Set()), path => Elements(DatasetFile.Read(path))),
        new("npz, deflated", path => Npz.Save(path, Set(), compressed: true), path => Elements(DatasetFile.Read(path))),
        new("safetensors", path => TreeFile.Save(path, Set()), path => Elements(DatasetFile.Read(path))),
    ];

    public override string ToString() => Name;

    private static (long, long) Elements(Tensor tensor, int size) => (tensor.Shape.Size, (long)tensor.Shape.Size * size);

    private static (long, long) Elements(Dataset set) =>
        set.Inputs.Shape[0] == set.Targets.Shape[0]
            ? (set.Inputs.Shape.Size + set.Targets.Shape.Size, 0)
            : throw new InvalidOperationException("inputs and targets have different numbers of rows");

    private static Table Digits()
    {
        using var digits = typeof(HostileReader).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        return Csv.Read(digits);
    }

    private static Dataset Set()
    {
        var all = Digits().ToDataset(^1);
        return new(Tensor.Of(all.Inputs.ToArray().AsSpan(0, Rows * 64), Rows, 8, 8), Tensor.Of(all.Targets.ToArray().AsSpan(0, Rows)));
    }

    private static Tensor Images() => Set().Inputs;

    /// <summary>The same digits with names of columns, a label in words and quotes, missing values, and three ends of lines.</summary>
    private static byte[] Text()
    {
        string[] names = ["\"zero, the\r\nround\"", "one", "\"two \"\"2\"\"\"", "thrée"];
        var (set, text) = (Set(), new StringBuilder("\uFEFFlabel,\"pixel 1\",pixel 2,pixel 3,pixel 4,pixel 5\r\n"));
        var (pixels, labels) = (set.Inputs.ToArray(), set.Targets.ToArray());
        for (var row = 0; row < Rows; row++)
        {
            var cells = pixels
                .AsSpan((row * 64) + 2, 5)
                .ToArray()
                .Select((pixel, i) => (row * 5) + i == 33 ? "NA" : (pixel / 7).ToString("R", CultureInfo.InvariantCulture));
            text.Append(names[(int)labels[row] % names.Length]).Append(',').AppendJoin(',', cells).Append(row % 2 == 0 ? "\n" : "\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
