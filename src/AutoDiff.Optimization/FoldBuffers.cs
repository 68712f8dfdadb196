namespace AutoDiff.Optimization;

/// <summary>A state in the plan's own arrays, which a step computes anew; each set of batch shapes has a plan and arrays of its own, made when it is first met.</summary>
internal sealed class FoldBuffers<S, B>
    where S : ITensorTree<S>
    where B : ITensorTree<B>
{
    private readonly Compiled<S, B, S> _step;
    private readonly S _like;
    private readonly Shape[] _shapes;
    private readonly double[][] _initial;
    private readonly List<Tensor> _batch = [];
    private readonly List<int> _lengths = [];
    private readonly List<Prepared> _prepared = [];
    private Prepared? _current;

    public FoldBuffers(Compiled<S, B, S> step, S initial)
    {
        _step = step;
        _like = Transforms.Evaluate(initial);
        var leaves = TreeMath.Leaves(_like);
        _shapes = [.. leaves.Select(leaf => leaf.Shape)];
        _initial = [.. leaves.Select(leaf => leaf.ToArray())];
    }

    /// <summary>The state, a copy.</summary>
    public S State => TreeMath.Rebuild(_like, [.. Values.Select((values, i) => Constant.Owning(values, _shapes[i]))]);

    private double[][] Values => _current?.Iteration.State ?? _initial;

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
        _lengths.Clear();
        batch.AddLengths(_lengths);
        if ((_current is null || !_current.Fits(_batch, _lengths)) && !Turn(batch))
            return false;
        for (var i = 0; i < _batch.Count; i++)
            _current!.Arrays[i] = ((Constant)_batch[i]).Buffer;
        _current!.Iteration.Step(_current.Arrays);
        return true;
    }

    /// <summary>Goes on with the plan for this batch's shapes, made where there is none.</summary>
    private bool Turn(B batch)
    {
        foreach (var prepared in _prepared)
        {
            if (!prepared.Fits(_batch, _lengths))
                continue;
            prepared.Iteration.Continue(_current!.Iteration);
            _current = prepared;
            return true;
        }
        if (_step.ExecutableFor(_like, batch) is not { } executable)
            return false;
        RequireState(executable);
        _current = new([.. _batch.Select(leaf => leaf.Shape)], [.. _lengths], executable.Iterate(Values));
        _prepared.Add(_current);
        return true;
    }

    private void RequireState(Executable executable)
    {
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
    }

    /// <summary>What runs batches of one structure and one set of shapes.</summary>
    private sealed record Prepared(Shape[] Shapes, int[] Lengths, Iteration Iteration)
    {
        public double[][] Arrays { get; } = new double[Shapes.Length][];

        public bool Fits(List<Tensor> batch, List<int> lengths)
        {
            if (batch.Count != Shapes.Length || !System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lengths).SequenceEqual(Lengths))
                return false;
            for (var i = 0; i < Shapes.Length; i++)
            {
                if (!batch[i].Shape.Equals(Shapes[i]))
                    return false;
            }
            return true;
        }
    }
}
