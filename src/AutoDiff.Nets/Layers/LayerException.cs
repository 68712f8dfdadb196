namespace AutoDiff.Nets;

/// <summary>A layer inside others takes no input of the shape that reaches it: says which, by its path.</summary>
public sealed class LayerException : ArgumentException
{
    private readonly string _problem;

    internal LayerException(string path, string layer, Shape input, ArgumentException problem)
        : base($"[Net] got examples of shape {input} at {path}, {layer}: {problem.Message}", problem) =>
        (Path, LayerName, Input, _problem) = (path, layer, input, problem.Message);

    /// <summary>The layer's path, as in the names of its parameters: <c>layers.1.layers.0</c>.</summary>
    public string Path { get; }

    /// <summary>What the layer is called.</summary>
    public string LayerName { get; }

    /// <summary>The shape of one example that reaches it.</summary>
    public Shape Input { get; }

    /// <summary>The same, seen from outside the layer that is at a path.</summary>
    internal LayerException Below(string path) => new($"{path}.{Path}", LayerName, Input, new ArgumentException(_problem, this));
}
