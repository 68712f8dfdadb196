namespace AutoDiff;

/// <summary>A closed subgraph: its outputs depend on its own inputs and on constants only.</summary>
/// <remarks>Equal by reference.</remarks>
internal sealed class Body
{
    private readonly Lazy<Graph> _graph;

    public Body(Input[] inputs, Tensor[] outputs)
    {
        (Inputs, Outputs) = (inputs, outputs);
        _graph = new(() => Graph.Of(Inputs, Outputs));
    }

    /// <summary>What stands for the arguments.</summary>
    public Input[] Inputs { get; }

    /// <summary>The results.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The flat form, made when it is first asked for.</summary>
    public Graph Graph => _graph.Value;
}
