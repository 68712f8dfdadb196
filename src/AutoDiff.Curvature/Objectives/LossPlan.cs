namespace AutoDiff.Curvature;

/// <summary>A plan of a loss, with or without its gradient, run on one vector of all parameters.</summary>
internal sealed class LossPlan(Executable executable, int[] sizes)
{
    private readonly int _outputs = executable.Graph.Outputs.Length;
    private Arrays? _spare;

    /// <summary>The loss at x [n]; its gradient is written to <paramref name="gradient"/> [n] where the plan computes one.</summary>
    public double Run(ReadOnlySpan<double> x, Span<double> gradient = default)
    {
        // A second thread has arrays of its own.
        var arrays = Interlocked.Exchange(ref _spare, null) ?? new(LeafArrays.New(sizes), NewOutputs());
        LeafArrays.Split(x, arrays.Inputs);
        executable.Run(arrays.Inputs, arrays.Outputs);
        LeafArrays.Join(arrays.Outputs.AsSpan(1), gradient);
        var value = arrays.Outputs[0][0];
        Volatile.Write(ref _spare, arrays);
        return value;
    }

    /// <summary>The loss, and its gradient where the plan computes one, at the leaves of a point and of a batch.</summary>
    public void Run(double[][] leaves, double[][] outputs) => executable.Run(leaves, outputs);

    /// <summary>Loss and gradient at the leaves of a point, and of a batch, in random rounding.</summary>
    public double[][] Rounded(double[][] leaves, ulong seed) => RoundedEvaluation.Evaluate(executable.Graph, leaves, seed);

    /// <summary>Room for the results.</summary>
    public double[][] NewOutputs() => [new double[1], .. _outputs > 1 ? LeafArrays.New(sizes) : []];
}
