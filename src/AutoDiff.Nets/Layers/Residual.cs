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
        RequireSame(output.Shape.Without([0]), beside.Shape.Without([0]));
        return application.To(beside + output);
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Shape[] outputs = [.. Parts(input).Select(part => part.Output())];
        RequireSame(outputs[0], Shortcut is null ? input : outputs[1]);
        return outputs[0];
    }

    private void RequireSame(Shape output, Shape beside) =>
        Require.That(
            output.Equals(beside),
            $"[Residual] got {output} of {Layer.Title} and {beside} beside it; expected one shape, which a shortcut may make"
        );
}
