namespace AutoDiff.Optimization;

/// <summary>A state in the plan's own arrays, which a step computes anew; plans follow the batches' shapes.</summary>
internal sealed class FoldBuffers<S, B>
    where S : ITensorTree<S>
    where B : ITensorTree<B>
{
    private readonly Compiled<S, B, S> _step;
    private readonly S _like;
    private readonly Shape[] _shapes;
    private readonly List<Tensor> _batch = [];
    private readonly List<int> _lengths = [];
    private double[][] _values;
    private double[][] _arrays = [];
    private Shape[] _batchShapes = [];
    private int[] _batchLengths = [];
    private Iteration? _iteration;

    public FoldBuffers(Compiled<S, B, S> step, S initial)
    {
        _step = step;
        _like = Transforms.Evaluate(initial);
        var leaves = TreeMath.Leaves(_like);
        _shapes = [.. leaves.Select(leaf => leaf.Shape)];
        _values = [.. leaves.Select(leaf => leaf.ToArray())];
    }

    /// <summary>The state, a copy.</summary>
    public S State => TreeMath.Rebuild(_like, [.. (_iteration?.State ?? _values).Select((values, i) => Tensor.Of(values, _shapes[i]))]);

    /// <summary>Takes a step; false, and no step, where the batch or what the step uses is being differentiated.</summary>
    public bool TryStep(B batch)
    {
        _batch.Clear();
        batch.AddLeaves(_batch);
        if (!_batch.TrueForAll(leaf => leaf is Constant))
        {
            if (!Evaluation.IsSettled(Walk.Order([.. _batch])))
                return false;
            _batch.Clear();
            Transforms.Evaluate(batch).AddLeaves(_batch);
        }
        if ((_iteration is null || !IsLikeTheLast(batch)) && !Prepare(batch))
            return false;
        for (var i = 0; i < _batch.Count; i++)
            _arrays[i] = ((Constant)_batch[i]).Buffer;
        _iteration!.Step(_arrays);
        return true;
    }

    private bool IsLikeTheLast(B batch)
    {
        _lengths.Clear();
        batch.AddLengths(_lengths);
        if (_batch.Count != _batchShapes.Length || _lengths.Count != _batchLengths.Length)
            return false;
        for (var i = 0; i < _batchLengths.Length; i++)
        {
            if (_lengths[i] != _batchLengths[i])
                return false;
        }
        for (var i = 0; i < _batchShapes.Length; i++)
        {
            if (!_batch[i].Shape.Equals(_batchShapes[i]))
                return false;
        }
        return true;
    }

    private bool Prepare(B batch)
    {
        if (_step.ExecutableFor(_like, batch) is not { } executable)
            return false;
        _batchShapes = [.. _batch.Select(leaf => leaf.Shape)];
        _lengths.Clear();
        batch.AddLengths(_lengths);
        _batchLengths = [.. _lengths];
        _arrays = new double[_batchShapes.Length][];
        Check.That(
            executable.Graph.Outputs.Length == _shapes.Length,
            $"[Fold] the step returns a state of {executable.Graph.Outputs.Length} tensors; expected the {_shapes.Length} it was given"
        );
        for (var i = 0; i < _shapes.Length; i++)
        {
            var shape = executable.Graph.Nodes[executable.Graph.Outputs[i]].Shape;
            Check.That(
                shape.Equals(_shapes[i]),
                $"[Fold] the step returns \"{TreeMath.Names(_like)[i]}\" of shape {shape}; expected {_shapes[i]}"
            );
        }
        _values = _iteration?.State ?? _values;
        _iteration = executable.Iterate(_values);
        return true;
    }
}
