namespace AutoDiff.Benchmarks;

/// <summary>A compiled function on arrays of its own: what a caller in a loop runs.</summary>
internal sealed class Call
{
    private readonly Executable _executable;

    private Call(Executable executable, IEnumerable<Tensor> inputs)
    {
        _executable = executable;
        Inputs = [.. inputs.Select(input => input.ToArray())];
        Outputs = OutputsOf(executable);
    }

    public double[][] Inputs { get; }

    public double[][] Outputs { get; }

    /// <summary>Floating-point operations of the matrix products of a run, 2mnk each.</summary>
    public double Flops
    {
        get
        {
            var products = _executable.Graph.Nodes.ToArray().OfType<Apply>().Where(node => node.Op is Op.MatMul);
            return products.Sum(node => 2.0 * node.Shape.Size * node.Arguments[0].Shape[-1]);
        }
    }

    /// <summary>The function compiled for an argument, whose leaves are the inputs: none of them is a constant of the plan.</summary>
    public static Call Of<TIn, TOut>(Func<TIn, TOut> function, TIn argument, CompileOptions? options = null)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => Of(Transforms.Compile(function, options), argument);

    /// <summary>A compiled function on arrays of its own.</summary>
    public static Call Of<TIn, TOut>(Compiled<TIn, TOut> function, TIn argument)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => new(function.For(argument), TreeMath.Leaves(argument));

    public void Run() => _executable.Run(Inputs, Outputs);

    /// <summary>A step from state to state, as <c>Fold</c> takes it: the function's first inputs are its outputs' successors.</summary>
    public Action Steps()
    {
        var iteration = _executable.Iterate(Inputs[..Outputs.Length]);
        var rest = Inputs[Outputs.Length..];
        return () => iteration.Step(rest);
    }

    /// <summary>The elements of all outputs at the inputs, in a row.</summary>
    public double[] Values()
    {
        Run();
        return [.. Outputs.SelectMany(output => output)];
    }

    /// <summary>Runs in single precision on arrays of that precision: without rounding what goes in and widening what comes out.</summary>
    public Action Singles(int threads)
    {
        var plan = Plan<float>.Of(_executable.Graph, threads);
        float[][] inputs = [.. Inputs.Select(values => Array.ConvertAll(values, value => (float)value))];
        float[][] outputs = [.. Outputs.Select(values => new float[values.Length])];
        return () => plan.RunChecked(inputs, outputs);
    }

    /// <summary>Compares with the naive evaluation of the same graph.</summary>
    /// <exception cref="WrongResultException">They differ by more than rounding.</exception>
    public void Verify(string what, double tolerance = 1e-9) =>
        Check.Close(
            $"{what} against the naive evaluator",
            [.. Reference.Evaluate(_executable.Graph, Inputs).SelectMany(x => x)],
            Values(),
            tolerance
        );

    private static double[][] OutputsOf(Executable executable)
    {
        var graph = executable.Graph;
        return [.. graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size])];
    }
}
