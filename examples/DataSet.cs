using System.Collections.Immutable;
using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Examples;

/// <summary>A table made ready for a classifier.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Scaling">What was done to the features.</param>
/// <param name="Labels">The label of each class: the distinct labels of the table, ascending.</param>
/// <param name="Counts">How many rows each class has.</param>
/// <param name="Rows">All rows.</param>
public sealed record DataSet(string Source, Scaling Scaling, ImmutableArray<long> Labels, ImmutableArray<int> Counts, Batch Rows)
{
    // Up to here every whole number is a double of its own.
    private const double LargestLabel = 1L << 53;
    private const int MostClasses = 1000;

    // A cell for each row and class: 1 GiB.
    private const long MostTargets = 1L << 27;

    // Squares of curvatures, which go with squares of features, must not overflow.
    private const double LargestFeature = 1e50;

    /// <summary>The last column is the label, the others are features.</summary>
    /// <exception cref="RefusedException">
    /// There are fewer than two rows, columns or classes, too many classes, a cell that is no finite number, a label that is not whole, or a feature too large.
    /// </exception>
    public static DataSet Of(Table table, Scaling scaling)
    {
        if (table.Columns.Length < 2)
            throw Refusal(table, 0, 0, $"got {table.Columns.Length} column; expected at least one feature and then the label");
        if (table.Count < 2)
            throw Refusal(table, 0, 0, $"got {table.Count} row; expected at least 2");
        var cells = Cells(table);
        var labels = ReadLabels(table);
        var classes = labels.Distinct().Order().ToImmutableArray();
        if (classes.Length < 2)
            throw Refusal(table, 0, ^1, $"every label is {classes[0]}; expected at least two classes");
        if (classes.Length > MostClasses)
            throw Refusal(table, 0, ^1, $"the labels are {classes.Length} different numbers; expected at most {MostClasses} classes");
        if ((long)table.Count * classes.Length > MostTargets)
            throw Refusal(
                table,
                0,
                ^1,
                $"{table.Count} rows of {classes.Length} classes are too many; expected at most {MostTargets / classes.Length} rows"
            );
        var features = scaling.Apply(cells);
        RequireModest(features, table);
        var targets = new double[table.Count, classes.Length];
        var counts = new int[classes.Length];
        for (var row = 0; row < table.Count; row++)
        {
            var @class = classes.BinarySearch(labels[row]);
            counts[@class]++;
            targets[row, @class] = 1;
        }
        return new(table.Source, scaling, classes, [.. counts], new(Tensor.Of(features), Tensor.Of(targets)));
    }

    /// <summary>The features, once every cell is known to be a finite number.</summary>
    private static double[,] Cells(Table table)
    {
        double[] all;
        try
        {
            all = table.ToTensor().ToArray();
        }
        catch (InvalidFileException problem)
        {
            throw DataFile.Refusal(problem);
        }
        var features = new double[table.Count, table.Columns.Length - 1];
        for (var row = 0; row < table.Count; row++)
        {
            for (var column = 0; column < table.Columns.Length - 1; column++)
                features[row, column] = all[(row * table.Columns.Length) + column];
        }
        return features;
    }

    private static long[] ReadLabels(Table table)
    {
        var labels = new long[table.Count];
        for (var row = 0; row < labels.Length; row++)
        {
            var value = table[^1].Numbers[row];
            if (value != Math.Floor(value) || Math.Abs(value) > LargestLabel)
                throw Refusal(table, row, ^1, $"got label {value}; expected a whole number");
            labels[row] = (long)value;
        }
        return labels;
    }

    private static void RequireModest(double[,] features, Table table)
    {
        for (var row = 0; row < table.Count; row++)
        {
            for (var column = 0; column < table.Columns.Length - 1; column++)
            {
                if (Math.Abs(features[row, column]) > LargestFeature)
                    throw Refusal(
                        table,
                        row,
                        column,
                        $"got {table[column].Numbers[row]}; expected magnitudes up to {LargestFeature}, or another --scale"
                    );
            }
        }
    }

    private static RefusedException Refusal(Table table, int row, ColumnKey column, string problem) =>
        new($"{table.Place(row, column)}: {problem}");
}
