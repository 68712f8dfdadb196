namespace AutoDiff.Optimization;

/// <summary>A fold under way: two sets of buffers that hold the state in turn.</summary>
internal sealed class FoldRun<S, B>
    where S : ITensorTree<S>
    where B : ITensorTree<B>
{
    private readonly Compiled<S, B, S> _step;
    private readonly S _like;
    private readonly Shape[] _shapes;
    private readonly List<Tensor> _batch = [];
    private double[][] _current;
    private double[][] _next;
    private double[][] _inputs = [];
    private Shape[] _batchShapes = [];
    private Program? _program;

    public FoldRun(Compiled<S, B, S> step, S initial)
    {
        _step = step;
        _like = initial;
        var leaves = TreeMath.Leaves(Transforms.Evaluate(initial));
        _shapes = [.. leaves.Select(leaf => leaf.Shape)];
        _current = [.. leaves.Select(leaf => leaf.ToArray())];
        _next = [.. leaves.Select(leaf => new double[leaf.Shape.Size])];
    }

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; private set; }

    public S State() => TreeMath.Rebuild(_like, [.. _current.Select((values, i) => Tensor.Of(values, _shapes[i]))]);

    public void Step(B batch)
    {
        _batch.Clear();
        batch.AddLeaves(_batch);
        if (!_batch.TrueForAll(leaf => leaf is Constant))
        {
            _batch.Clear();
            Transforms.Evaluate(batch).AddLeaves(_batch);
        }
        if (_program is null || !SameShapes())
            Prepare(batch);
        _current.CopyTo(_inputs, 0);
        for (var i = 0; i < _batch.Count; i++)
            _inputs[_current.Length + i] = ((Constant)_batch[i]).Buffer;
        _program!.Run(_inputs, _next);
        (_current, _next) = (_next, _current);
        Steps++;
    }

    private bool SameShapes()
    {
        if (_batch.Count != _batchShapes.Length)
            return false;
        for (var i = 0; i < _batchShapes.Length; i++)
        {
            if (!_batch[i].Shape.Equals(_batchShapes[i]))
                return false;
        }
        return true;
    }

    private void Prepare(B batch)
    {
        _program = _step.For(_like, batch);
        _batchShapes = [.. _batch.Select(leaf => leaf.Shape)];
        _inputs = new double[_shapes.Length + _batchShapes.Length][];
        Check.That(
            _program.Graph.Outputs.Length == _shapes.Length,
            $"[Fold] the step returns a state of {_program.Graph.Outputs.Length} tensors; expected the {_shapes.Length} it was given"
        );
        for (var i = 0; i < _shapes.Length; i++)
        {
            var shape = _program.Graph.Nodes[_program.Graph.Outputs[i]].Shape;
            Check.That(
                shape.Equals(_shapes[i]),
                $"[Fold] the step returns \"{TreeMath.Names(_like)[i]}\" of shape {shape}; expected {_shapes[i]}"
            );
        }
    }
}
