namespace AutoDiff.Data;

/// <content>Targets that are classes.</content>
public sealed partial record Dataset
{
    /// <summary>The class of each row, from 0: what the targets [rows] say, or where in their rows [rows, classes] the one 1 is.</summary>
    /// <exception cref="ArgumentException">A target is no whole number from 0, or a row is not one-hot; or there are other axes.</exception>
    public int[] Labels()
    {
        Require.That(
            Targets.Rank is 1 or 2,
            $"[Dataset.Labels] got targets {Targets.Shape}; expected class numbers [rows] or one-hot rows [rows,classes]"
        );
        var targets = Targets.ToArray();
        var labels = new int[Count];
        var width = Targets.Rank == 1 ? 1 : Targets.Shape[1];
        for (var row = 0; row < labels.Length; row++)
            labels[row] = Targets.Rank == 1 ? Whole(targets[row], row) : Hot(targets.AsSpan(row * width, width), row);
        return labels;
    }

    /// <summary>How many rows each class has.</summary>
    /// <param name="classes">How many classes there are; unless given, the width of one-hot rows, or one more than the largest class number.</param>
    /// <exception cref="ArgumentException">The targets are no classes, or one is not below <paramref name="classes"/>.</exception>
    public int[] ClassCounts(int? classes = null)
    {
        var labels = Labels();
        var counts = new int[
            classes
                ?? (
                    Targets.Rank == 2 ? Targets.Shape[1]
                    : labels.Length == 0 ? 0
                    : labels.Max() + 1
                )
        ];
        foreach (var label in labels)
        {
            RequireBelow("Dataset.ClassCounts", label, counts.Length);
            counts[label]++;
        }
        return counts;
    }

    /// <summary>Weights [classes] by which each class counts as much as any other: rows ⁄ (classes · rows of the class).</summary>
    /// <param name="classes">How many classes there are, as of <see cref="ClassCounts"/>.</param>
    /// <remarks>Their mean over the rows is 1, as of scikit-learn's "balanced" weights (King, Zeng 2001, "Logistic regression in rare events data").</remarks>
    /// <exception cref="ArgumentException">The targets are no classes, or a class has no rows.</exception>
    public Tensor ClassWeights(int? classes = null)
    {
        var counts = ClassCounts(classes);
        var none = Array.IndexOf(counts, 0);
        Require.That(none < 0, $"[Dataset.ClassWeights] got no row of class {none}; expected at least one of each");
        return Tensor.Of(Array.ConvertAll(counts, count => (double)Count / ((double)counts.Length * count)));
    }

    /// <summary>The set with one-hot rows [rows, classes] for class numbers.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">The targets are no classes, or one is not below <paramref name="classes"/>.</exception>
    public Dataset OneHot(int classes)
    {
        var labels = Labels();
        foreach (var label in labels)
            RequireBelow("Dataset.OneHot", label, classes);
        return Computed(Inputs, Ops.OneHot(Tensor.Of(Array.ConvertAll(labels, label => (double)label)), classes));
    }

    private static void RequireBelow(string operation, int label, int classes) =>
        Require.That(label < classes, $"[{operation}] got class {label}; expected one of {classes} classes, from 0");

    private static int Whole(double target, int row)
    {
        var label = target is >= 0 and <= int.MaxValue ? (int)target : -1;
        Require.That(label == target, $"[Dataset.Labels] got {target} for the class of row {row}; expected a whole number from 0");
        return label;
    }

    private static int Hot(ReadOnlySpan<double> target, int row)
    {
        var hot = target.IndexOf(1);
        Require.That(
            hot >= 0 && !target[..hot].ContainsAnyExcept(0) && !target[(hot + 1)..].ContainsAnyExcept(0),
            $"[Dataset.Labels] row {row} of the targets is not one-hot; expected one 1 and else 0"
        );
        return hot;
    }
}
