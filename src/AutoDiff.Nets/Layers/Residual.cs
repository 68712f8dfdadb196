namespace AutoDiff.Nets;

/// <summary>What a layer adds to its input: y = shortcut(x) + layer(x), the shortcut being x itself unless one is given.</summary>
/// <remarks>Parameters and state lie below <c>layer</c> and <c>shortcut</c>. He et al. (1512.03385), equations 1 and 2.</remarks>
public sealed record Residual : Composite
{
    /// <summary>A layer, and the one beside it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shortcut">What gives x the output's shape; null where x has it.</param>
    /// <exception cref="ArgumentException">The layer is null.</exception>
    public Residual(Layer layer, Layer? shortcut = null) => (Layer, Shortcut) = (layer, shortcut);

    /// <summary>The layer.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public Layer Layer
    {
        get;
        init => field = Checks.NotNull(value, nameof(Residual), "the layer");
    }

    /// <summary>What gives x the output's shape; null where x has it.</summary>
    public Layer? Shortcut { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts(Shape input)
    {
        Require.NotNull(input, nameof(Residual));
        var part = new Part("layer", Layer, input);
        return Shortcut is null ? [part] : [part, new("shortcut", Shortcut, input)];
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var application = new Application(parameters, context);
        var output = application.Of("layer", Layer, x);
        var beside = Shortcut is null ? x : application.Of("shortcut", Shortcut, x);
        Require.That(
            output.Shape.Equals(beside.Shape),
            $"[Residual] got {output.Shape} of {Layer.Title} and {beside.Shape} beside it; expected one shape, which a shortcut may make"
        );
        return application.To(beside + output);
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        foreach (var part in Parts(input))
            part.Output();
        return base.OutputShape(input);
    }
}
