using System.Text.Json.Serialization;
using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Examples with what is to be predicted of them, row by row: a tree of two leaves.</summary>
/// <remarks>But for <see cref="Rows"/>, which is graph, what makes a set of others computes it at once, as constants. Equal where both tensors are the same nodes.</remarks>
public sealed partial record Dataset : ITensorTree<Dataset>
{
    private Dataset(LeafReader leaves) => (Inputs, Targets) = (leaves.Next(), leaves.Next());

    /// <summary>Examples and targets.</summary>
    /// <param name="inputs">The inputs [rows, …].</param>
    /// <param name="targets">The targets [rows] or [rows, …]: class numbers, values, or one-hot rows.</param>
    /// <exception cref="ArgumentException">One has no axis of rows, or they have not as many.</exception>
    [JsonConstructor]
    public Dataset(Tensor inputs, Tensor targets)
    {
        Require.NotNull(inputs, nameof(Dataset));
        Require.NotNull(targets, nameof(Dataset));
        Require.That(
            inputs.Rank > 0 && targets.Rank > 0 && inputs.Shape[0] == targets.Shape[0],
            $"[Dataset] got inputs {inputs.Shape} and targets {targets.Shape}; expected a first axis of as many rows"
        );
        (Inputs, Targets) = (inputs, targets);
    }

    /// <summary>The inputs [rows, …].</summary>
    public Tensor Inputs { get; }

    /// <summary>The targets [rows] or [rows, …]: class numbers, values, or one-hot rows.</summary>
    public Tensor Targets { get; }

    /// <summary>How many rows there are.</summary>
    [JsonIgnore]
    public int Count => Inputs.Shape[0];

    /// <summary>One set of several, one after another.</summary>
    /// <exception cref="ArgumentException">There is none, or their rows have other shapes.</exception>
    public static Dataset Concatenate(params Dataset[] sets)
    {
        Require.NotNull(sets, "Dataset.Concatenate");
        Require.That(sets.Length > 0, $"[Dataset.Concatenate] got no sets; expected at least one");
        foreach (var set in sets)
            Require.NotNull(set, "Dataset.Concatenate", nameof(sets));
        return Computed(Ops.Concatenate([.. sets.Select(set => set.Inputs)]), Ops.Concatenate([.. sets.Select(set => set.Targets)]));
    }

    /// <summary>Inputs and targets.</summary>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (Inputs, Targets);

    /// <summary>Chosen rows, in the order of their positions, which may repeat.</summary>
    /// <param name="positions">Positions [count].</param>
    /// <remarks>A graph: in a compiled step the picking is part of the plan, and the whole set its constant, which a plan of double precision does not copy, and one of single precision once.</remarks>
    public Dataset Rows(Tensor positions) => new(Gather(Inputs, positions), Gather(Targets, positions));

    /// <summary>The rows from a number to before another.</summary>
    /// <param name="start">The first row, at least 0.</param>
    /// <param name="end">The row after the last, at least <paramref name="start"/> and at most <see cref="Count"/>.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Dataset Slice(int start, int end)
    {
        Require.That(
            start >= 0 && start <= end && end <= Count,
            $"[Dataset.Slice] got rows {start} to before {end} of {Count}; expected 0 <= start <= end <= {Count}"
        );
        return Computed(Ops.Slice(Inputs, 0, start, end), Ops.Slice(Targets, 0, start, end));
    }

    /// <summary>The first rows.</summary>
    /// <exception cref="ArgumentException">The count is negative or more than there are.</exception>
    public Dataset Take(int count) => Slice(0, count);

    /// <summary>All but the first rows.</summary>
    /// <exception cref="ArgumentException">The count is negative or more than there are.</exception>
    public Dataset Skip(int count) => Slice(count, Count);

    /// <summary>The rows in random order, each order equally likely.</summary>
    /// <exception cref="ArgumentException">The key is traced or several.</exception>
    public Dataset Shuffle(Key key)
    {
        Require.NotNull(key, "Dataset.Shuffle");
        return Picked(key.Permutation(Count));
    }

    /// <summary>The set with other inputs of the same targets, as <c>x => x / 255</c>.</summary>
    /// <param name="function">What is made of all inputs [rows, …], as many rows.</param>
    /// <exception cref="ArgumentException">It gives another number of rows.</exception>
    public Dataset Map(Func<Tensor, Tensor> function)
    {
        Require.NotNull(function, "Dataset.Map");
        return Computed(function(Inputs), Targets);
    }

    /// <summary>The set with other targets of the same inputs.</summary>
    /// <param name="function">What is made of all targets [rows, …], as many rows.</param>
    /// <exception cref="ArgumentException">It gives another number of rows.</exception>
    public Dataset MapTargets(Func<Tensor, Tensor> function)
    {
        Require.NotNull(function, "Dataset.MapTargets");
        return Computed(Inputs, function(Targets));
    }

    /// <summary>The set with inputs [rows, features]: the elements of each row in a line.</summary>
    public Dataset Flatten() => Map(x => Reshape(x, Count, Count == 0 ? Shape.Of(x.Shape.AsSpan()[1..]).Size : x.Shape.Size / Count));

    void ITensorTree<Dataset>.AddLeaves(ICollection<Tensor> leaves)
    {
        leaves.Add(Inputs);
        leaves.Add(Targets);
    }

    void ITensorTree<Dataset>.AddNames(string path, ICollection<string> names)
    {
        names.Add(TreeSupport.Path(path, nameof(Inputs)));
        names.Add(TreeSupport.Path(path, nameof(Targets)));
    }

    bool ITensorTree<Dataset>.IsLike(Dataset other) => true;

    // Not checked: what a transform rebuilds may be one row, which Vmap gives its function.
    Dataset ITensorTree<Dataset>.Rebuild(LeafReader leaves) => new(leaves);

    private static Dataset Computed(Tensor inputs, Tensor targets) => Transforms.Evaluate(new Dataset(inputs, targets));

    private Dataset Picked(int[] rows) => Transforms.Evaluate(Rows(Tensor.Of(Array.ConvertAll(rows, row => (double)row))));
}
