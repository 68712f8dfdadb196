using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>A vector for each class number: [batch, …] → [batch, …, size]. No derivative flows to the numbers.</summary>
/// <remarks>
/// The parameter <c>weight</c> [count, size] begins standard normal, as PyTorch's <c>Embedding</c> does. A number that is not whole or not in 0 … count − 1 is reported when the graph runs.
/// </remarks>
public sealed record Embedding : Layer
{
    /// <summary>Vectors for class numbers 0 … count − 1.</summary>
    /// <param name="count">The number of classes, above 0.</param>
    /// <param name="size">The vectors' length, above 0.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public Embedding(int count, int size) => (Count, Size) = (count, size);

    /// <summary>The number of classes.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Count
    {
        get;
        init => field = Checks.Positive(value, nameof(Embedding), "classes");
    }

    /// <summary>The vectors' length.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Size
    {
        get;
        init => field = Checks.Positive(value, nameof(Embedding), "numbers in a vector");
    }

    /// <summary>The class that stands for nothing, if any: its vector begins as zeros and has no derivative.</summary>
    /// <remarks>It is held against <see cref="Count"/> by <see cref="Init"/>.</remarks>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int? PaddingIndex
    {
        get;
        init => field = value is { } index ? Checks.NonNegative(index, nameof(Embedding), "as the class of padding") : null;
    }

    /// <summary>Initial vectors.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer Weight
    {
        get;
        init => field = Checks.NotNull(value, nameof(Embedding), "the initial vectors");
    } = StandardNormal;

    private static Initializer StandardNormal { get; } = Initializers.Normal();

    /// <inheritdoc/>
    protected internal override string Title => $"Embedding({Count}, {Size})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, nameof(Embedding));
        Require.That(PaddingIndex is null || PaddingIndex < Count, $"[Embedding] got padding class {PaddingIndex}; expected below {Count}");
        var weight = Weight.Draw(key.FoldIn(0), [Count, Size], new(Count, Size));
        return TensorMap.Of(
            ("weight", PaddingIndex is { } padding ? Where(ExpandDims(Equal(Tensor.Arange(0, Count), padding), -1), 0, weight) : weight)
        );
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Checks.Example(x, nameof(Embedding));
        var vectors = Gather(parameters["weight"], x);
        return PaddingIndex is { } padding ? Where(ExpandDims(Equal(x, padding), -1), StopGradient(vectors), vectors) : vectors;
    }
}
