namespace AutoDiff;

/// <summary>A compiled function for inputs of given shapes: runs on plain arrays, allocates nothing once warm, and may run on many threads at once.</summary>
public abstract class Executable
{
    private readonly ArrayCheck _arrays;

    private protected Executable(Graph graph) => (Graph, _arrays) = (graph, new(graph));

    /// <summary>What is computed: inputs and outputs in the order of <see cref="Run"/>.</summary>
    public Graph Graph { get; }

    /// <summary>The memory for intermediate values of one running call, in bytes.</summary>
    public abstract long WorkspaceBytes { get; }

    /// <summary>Computes the outputs into the caller's arrays.</summary>
    /// <param name="inputs">The elements of each input, row-major; read only.</param>
    /// <param name="outputs">An array for the elements of each output; none may be an input's.</param>
    /// <exception cref="ArgumentException">An array has not its tensor's number of elements, or an output's is given twice or is also an input's.</exception>
    public abstract void Run(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs);

    /// <summary>Runs that feed the outputs back: the first inputs take their values, starting with <paramref name="state"/>.</summary>
    internal abstract Iteration Iterate(double[][] state);

    /// <summary>Refuses arrays that do not fit, before anything is written.</summary>
    private protected void Check(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs) => _arrays.Require(inputs, outputs);

    /// <summary>The executable of a graph.</summary>
    /// <param name="graph">What is computed.</param>
    /// <param name="options">Precision, threads, checks.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static Executable Of(Graph graph, CompileOptions? options = null)
    {
        Require.NotNull(graph, nameof(Executable));
        options = CompileOptions.Checked(options);
        return options.CheckFinite ? new CheckedExecutable(graph)
            : options.Precision == Precision.Single ? new SingleExecutable(Simplification.Simplify(graph), options.Threads)
            : new DoubleExecutable(Simplification.Simplify(graph), options.Threads);
    }
}
