using System.Collections.Immutable;

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
    /// <exception cref="RefusedException">There are fewer than two rows, columns or classes, too many classes, a label that is not whole, or a feature too large.</exception>
    public static DataSet Of(CsvTable table, Scaling scaling)
    {
        if (table.Columns < 2)
            throw table.Refusal(0, 0, $"got {table.Columns} column; expected at least one feature and then the label");
        if (table.Rows < 2)
            throw table.Refusal(0, 0, $"got {table.Rows} row; expected at least 2");
        var labels = ReadLabels(table);
        var classes = labels.Distinct().Order().ToImmutableArray();
        if (classes.Length < 2)
            throw table.Refusal(0, table.Columns - 1, $"every label is {classes[0]}; expected at least two classes");
        if (classes.Length > MostClasses)
            throw table.Refusal(
                0,
                table.Columns - 1,
                $"the labels are {classes.Length} different numbers; expected at most {MostClasses} classes"
            );
        if ((long)table.Rows * classes.Length > MostTargets)
            throw table.Refusal(
                0,
                table.Columns - 1,
                $"{table.Rows} rows of {classes.Length} classes are too many; expected at most {MostTargets / classes.Length} rows"
            );
        var features = scaling.Apply(ReadFeatures(table));
        RequireModest(features, table);
        var targets = new double[table.Rows, classes.Length];
        var counts = new int[classes.Length];
        for (var row = 0; row < table.Rows; row++)
        {
            var @class = classes.BinarySearch(labels[row]);
            counts[@class]++;
            targets[row, @class] = 1;
        }
        return new(table.Source, scaling, classes, [.. counts], new(Tensor.Of(features), Tensor.Of(targets)));
    }

    private static long[] ReadLabels(CsvTable table)
    {
        var labels = new long[table.Rows];
        for (var row = 0; row < labels.Length; row++)
        {
            var value = table[row, table.Columns - 1];
            if (value != Math.Floor(value) || Math.Abs(value) > LargestLabel)
                throw table.Refusal(row, table.Columns - 1, $"got label {value}; expected a whole number");
            labels[row] = (long)value;
        }
        return labels;
    }

    private static double[,] ReadFeatures(CsvTable table)
    {
        var features = new double[table.Rows, table.Columns - 1];
        for (var row = 0; row < table.Rows; row++)
        {
            for (var column = 0; column < table.Columns - 1; column++)
                features[row, column] = table[row, column];
        }
        return features;
    }

    private static void RequireModest(double[,] features, CsvTable table)
    {
        for (var row = 0; row < table.Rows; row++)
        {
            for (var column = 0; column < table.Columns - 1; column++)
            {
                if (Math.Abs(features[row, column]) > LargestFeature)
                    throw table.Refusal(
                        row,
                        column,
                        $"got {table[row, column]}; expected magnitudes up to {LargestFeature}, or another --scale"
                    );
            }
        }
    }
}
