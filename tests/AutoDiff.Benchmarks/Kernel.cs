using System.Numerics;

namespace AutoDiff.Benchmarks;

/// <summary>A function of the library's kernels on arrays of their own precision: a plan without the conversions at its edge.</summary>
/// <typeparam name="T">Double or float.</typeparam>
internal sealed class Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly T[][] _outputs;

    private Kernel(Graph graph, Tensor[] arguments)
    {
        _plan = Plan<T>.Of(Simplification.Simplify(graph));
        Inputs = Array.ConvertAll(arguments, argument => Array.ConvertAll(argument.ToArray(), T.CreateTruncating));
        _outputs = [new T[graph.Nodes[graph.Outputs[0]].Shape.Size]];
    }

    public T[][] Inputs { get; }

    public T[] Output => _outputs[0];

    /// <summary>The kernels of <paramref name="function"/> at <paramref name="arguments"/>, all of which are inputs.</summary>
    public static Kernel<T> Of(Func<Tensor[], Tensor> function, params Tensor[] arguments)
    {
        var inputs = Array.ConvertAll(arguments, argument => new Input(argument.Shape, "x"));
        return new(Graph.Of(inputs, [function(inputs)]), arguments);
    }

    /// <summary>The kernel of a matrix product at random matrices.</summary>
    public static Kernel<T> Product(ProductShape shape)
    {
        var (left, right) = Key.Of(2).Split();
        return Of(x => Ops.MatMul(x[0], x[1]), left.Uniform([shape.M, shape.K], -1), right.Uniform([shape.K, shape.N], -1));
    }

    public void Run() => _plan.Run(Inputs, _outputs);
}
