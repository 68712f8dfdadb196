namespace AutoDiff;

/// <summary>A function's graph at a point: its leaves as nodes of their own, and its result.</summary>
/// <remarks>Fresh nodes make nesting safe: differentiating here touches nothing that an enclosing derivative differentiates.</remarks>
internal sealed class Traced<TIn, TOut> : IDisposable
    where TIn : ITensorTree<TIn>
    where TOut : ITensorTree<TOut>
{
    private readonly Scope _scope = new();

    private Traced(string operation, TIn point, Func<TIn, TOut> function)
    {
        Operation = operation;
        Point = point;
        Inputs = Array.ConvertAll(Tree.Leaves(point, operation), _scope.Enter);
        try
        {
            Result = function(Tree.Rebuild(point, Inputs));
            Outputs = Tree.Leaves(Result, operation);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }
        finally
        {
            _scope.Close();
        }
    }

    public string Operation { get; }

    public TIn Point { get; }

    public TOut Result { get; }

    public Tensor[] Inputs { get; }

    public Tensor[] Outputs { get; }

    public static Traced<TIn, TOut> At(string operation, Func<TIn, TOut> function, TIn point)
    {
        Require.NotNull(function, operation);
        return new(operation, point, function);
    }

    /// <summary>The tangents of the outputs along <paramref name="tangents"/>, zeros where none reaches.</summary>
    public Tensor[] Push(Tensor[] tangents)
    {
        var pushed = Forward.Push(Outputs, Inputs, tangents);
        return [.. pushed.Select((tangent, i) => tangent ?? Tensor.Zeros(Outputs[i].Shape))];
    }

    /// <summary>The cotangents of the inputs from those of the outputs, zeros where none reaches.</summary>
    public Tensor[] Pull(Tensor[] cotangents)
    {
        var pulled = Reverse.Pull(Outputs, cotangents, Inputs);
        return [.. pulled.Select((cotangent, i) => cotangent ?? Tensor.Zeros(Inputs[i].Shape))];
    }

    public TIn Gradient()
    {
        Require.That(
            Outputs.Length == 1 && Outputs[0].Rank == 0,
            $"[{Operation}] the function gave shape {Outputs[0].Shape}; expected a scalar []"
        );
        return Tree.Rebuild(Point, Pull([1.0]));
    }

    /// <summary>Says that no derivative will be taken any more, so that the nodes need not keep their graph for one.</summary>
    public void Dispose() => _scope.Dispose();
}
