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
        var arrays = Interlocked.Exchange(ref _spare, null) ?? NewArrays();
        LeafArrays.Split(x, arrays.Inputs);
        executable.Run(arrays.Inputs, arrays.Outputs);
        LeafArrays.Join(arrays.Outputs.AsSpan(1), gradient);
        var value = arrays.Outputs[0][0];
        Volatile.Write(ref _spare, arrays);
        return value;
    }

    /// <summary>The gradient [n] at x [n] in random rounding.</summary>
    public double[] RoundedGradient(ReadOnlySpan<double> x, ulong seed)
    {
        var (leaves, gradient) = (LeafArrays.New(sizes), new double[x.Length]);
        LeafArrays.Split(x, leaves);
        LeafArrays.Join(RoundedEvaluation.Evaluate(executable.Graph, leaves, seed).AsSpan(1), gradient);
        return gradient;
    }

    private Arrays NewArrays() => new(LeafArrays.New(sizes), [new double[1], .. _outputs > 1 ? LeafArrays.New(sizes) : []]);
}
