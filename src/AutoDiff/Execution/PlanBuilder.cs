using System.Diagnostics;
using System.Numerics;

namespace AutoDiff;

/// <summary>Turns a graph into steps over storages: node by node, views where a view will do, fused steps where chains are elementwise.</summary>
internal sealed class PlanBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly ProductAdditions _additions;
    private readonly Fusion _fusion;
    private readonly View?[] _views;
    private readonly FusedBuilder<T> _fused;
    private readonly List<Step<T>> _once = [];
    private readonly List<Step<T>> _steps = [];
    private readonly List<Storage> _storages = [];
    private readonly List<T[]> _constants = [];
    private readonly int _margin;
    private readonly Dictionary<(Storage, int Offset, Shape, Ints Strides), View> _copies = [];

    private PlanBuilder(Graph graph, int margin)
    {
        (_graph, _margin) = (graph, margin);
        _uses = new(graph);
        _additions = new(graph, _uses);
        _fusion = new(graph, _uses, _additions);
        _views = new View?[graph.Nodes.Length];
        _fused = new(graph, _uses, _fusion, _views);
    }

    private int FirstConstant => Frame<T>.External + _graph.Inputs.Length + _graph.Outputs.Length;

    /// <summary>The parts of a graph's plan, whose blocks have <paramref name="margin"/> elements on either side that belong to none.</summary>
    public static PlanParts<T> Build(Graph graph, int margin)
    {
        var builder = new PlanBuilder<T>(graph, margin);
        builder.AddInputs();
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (builder._uses.IsNeeded(id) && builder._views[id] is null && !builder._additions.IsAbsorbed(id))
                builder.Add(id);
        }
        builder.AddOutputs();
        return builder.Finish();
    }

    private void AddInputs()
    {
        for (var i = 0; i < _graph.Inputs.Length; i++)
        {
            var shape = _graph.Nodes[_graph.Inputs[i]].Shape;
            _views[_graph.Inputs[i]] = View.Whole(External(shape.Size, Frame<T>.External + i), shape);
        }
    }

    private void Add(int id)
    {
        if (_graph.Nodes[id] is Constant constant)
            _views[id] = View.Whole(Constant(Converted(constant.Buffer)), constant.Shape);
        else if (_additions.At(id) is { } addition)
            _views[id] = Sum(id, addition);
        else if (!Uses.IsElementwise(_graph.Nodes[id]))
            _views[id] = Value(id, (Apply)_graph.Nodes[id]);
        else if (_fusion.GroupEndingAt(id) is { } members)
            AddFused(members);
    }

    private View Value(int id, Apply node)
    {
        var x = Argument(id, 0);
        switch (node.Op)
        {
            case Op.Reshape(var to):
                return x.Reshape(to) ?? Contiguous(id, 0).Reshape(to)!;
            case Op.Transpose(var permutation):
                return x.Transpose(permutation, node.Shape);
            case Op.Broadcast(var to):
                return x.Broadcast(to);
            case Op.Slice slice:
                return x.Slice(slice, node.Shape);
            case Op.Flip(var axes):
                return x.Flip(axes);
            case Op.Windows windows:
                return x.Windows(windows, node.Shape);
            default:
                var result = View.Whole(New(node.Shape.Size, id), node.Shape);
                Compute(id, node, x, result);
                return result;
        }
    }

    private void Compute(int id, Apply node, View x, View result)
    {
        var target = result.Storage;
        switch (node.Op)
        {
            case Op.Reduce(var kind, var axes):
                Emit(id, new ReduceStep<T>(kind, axes, x, target));
                break;
            case Op.MatMul:
                Emit(id, new MatMulStep<T>(x, Argument(id, 1), null, target));
                break;
            case Op.ArgMax(var axis):
                Emit(id, new ArgMaxStep<T>(Contiguous(id, 0), target, x.Shape[axis], Product(x.Shape, axis + 1)));
                break;
            case Op.CumulativeSum(var axis, var reverse):
                Emit(id, new CopyStep<T>(x, result, add: false));
                Emit(id, new CumulativeSumStep<T>(target, x.Shape[axis], Product(x.Shape, axis + 1), reverse));
                break;
            case Op.Concatenate(var axis):
                for (var (i, start) = (0, 0); i < node.Arguments.Length; start += node.Arguments[i++].Shape[axis])
                    Emit(id, new CopyStep<T>(Argument(id, i), result.Part(axis, start, node.Arguments[i].Shape), add: false));
                break;
            case Op.Pad pad:
                Emit(id, new FillStep<T>(target, T.CreateTruncating(pad.Value)));
                Emit(id, new CopyStep<T>(x, result.Inside(pad, x.Shape), add: false));
                break;
            case Op.OverlapAdd overlap:
                Emit(id, new FillStep<T>(target, T.Zero));
                var windows = result.Windows(new Op.Windows(overlap.Axis, x.Shape[-1], overlap.Stride, overlap.Dilation), x.Shape);
                // An element gets at most one term for each position in a window.
                Emit(id, x.Shape[-1] > FoldKernel.Block ? new OverlapAddStep<T>(x, windows) : new CopyStep<T>(x, windows, add: true));
                break;
            case Op.Gather(var batchRank):
                var indices = Contiguous(id, 1);
                Emit(
                    id,
                    new GatherStep<T>(
                        Contiguous(id, 0),
                        indices,
                        target,
                        Product(x.Shape, 0, batchRank),
                        x.Shape[batchRank],
                        Product(x.Shape, batchRank + 1)
                    )
                );
                break;
            case Op.ScatterAdd(var batchRank, var length):
                var targets = Contiguous(id, 1);
                Emit(
                    id,
                    new ScatterAddStep<T>(
                        Contiguous(id, 0),
                        targets,
                        target,
                        Product(x.Shape, 0, batchRank),
                        length,
                        Product(x.Shape, targets.Shape.Rank)
                    )
                );
                break;
            default:
                throw new UnreachableException();
        }
    }

    private View Sum(int id, ProductAddition addition)
    {
        var (shape, product) = (_graph.Nodes[id].Shape, _graph.Nodes[addition.Product].Shape);
        var target = New(shape.Size, id);
        var before = _views[_uses.Same(addition.Initial)]!;
        var initial = before.Reshape(product);
        if (initial is null || !MatMulStep<T>.Takes(initial))
        {
            Emit(id, new CopyStep<T>(before, View.Whole(target, shape), add: false));
            initial = View.Whole(target, product);
        }
        Emit(id, new MatMulStep<T>(Argument(addition.Product, 0), Argument(addition.Product, 1), initial, target));
        return View.Whole(target, shape);
    }

    private void AddFused(List<int> members)
    {
        _fused.Begin(members);
        var targets = new Storage[_fused.Targets.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var member = _fused.Targets[i];
            targets[i] = New(_graph.Nodes[member].Shape.Size, member);
            _views[member] = View.Whole(targets[i], _graph.Nodes[member].Shape);
        }
        Emit(members[^1], _fused.Build(targets));
    }

    /// <summary>Each output is its storage itself where that is one computed block that no earlier output has claimed, else a copy.</summary>
    private void AddOutputs()
    {
        for (var i = 0; i < _graph.Outputs.Length; i++)
        {
            var view = _views[_uses.Same(_graph.Outputs[i])]!;
            var slot = Frame<T>.External + _graph.Inputs.Length + i;
            if (
                view.Storage is { Kind: StorageKind.Workspace } storage
                && storage.Size == view.Shape.Size
                && view.Offset == 0
                && view.IsContiguous
            )
            {
                (storage.Kind, storage.Slot, storage.Start) = (StorageKind.External, slot, _margin);
                continue;
            }
            var output = View.Whole(External(view.Shape.Size, slot), view.Shape);
            Emit(_steps, new CopyStep<T>(view, output, add: false));
        }
    }

    private PlanParts<T> Finish()
    {
        foreach (var storage in _storages)
        {
            if (storage.Kind == StorageKind.Kept)
                (storage.Slot, storage.Start) = (Keep(Padded(Allocation.Of<T>("Plan", storage.Size))), _margin);
        }
        var temporary = Place(_once, StorageKind.Temporary);
        var workspace = Place(_steps, StorageKind.Workspace);
        return new([.. _once], [.. _steps], [.. _constants], FirstConstant, temporary, workspace);
    }

    private int Place(List<Step<T>> steps, StorageKind kind)
    {
        Reuse(steps, kind);
        var placed = _storages.FindAll(storage => storage.Kind == kind && storage.Root == storage && storage.Last >= 0);
        var size = WorkspaceAllocator.Place(placed, steps.Count, _margin);
        foreach (var storage in _storages)
        {
            if (storage.Kind == kind)
                storage.Settle();
        }
        foreach (var step in steps)
            step.Bind();
        return size;
    }

    /// <summary>Lets a step write over an operand that nothing reads afterwards.</summary>
    private static void Reuse(List<Step<T>> steps, StorageKind kind)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Target.Kind != kind)
                continue;
            if (step.Replaceable(kind, i) is { } operand)
                step.Target.TakeOver(operand.Storage);
        }
    }

    private View Argument(int id, int index) => _views[_uses.Same(_graph.Arguments(id)[index])]!;

    /// <summary>An argument with its elements in a row: itself, or one copy for all who ask for the same.</summary>
    private View Contiguous(int id, int index)
    {
        var source = _uses.Same(_graph.Arguments(id)[index]);
        var x = _views[source]!;
        if (x.IsContiguous)
            return x;
        var key = (x.Storage, x.Offset, x.Shape, Ints.Of(x.Strides));
        if (!_copies.TryGetValue(key, out var copy))
        {
            _copies.Add(key, copy = View.Whole(New(x.Shape.Size, source), x.Shape));
            Emit(source, new CopyStep<T>(x, copy, add: false));
        }
        return copy;
    }

    private void Emit(int id, Step<T> step) => Emit(_uses.Varies(id) ? _steps : _once, step);

    private void Emit(List<Step<T>> steps, Step<T> step)
    {
        var index = steps.Count;
        foreach (var operand in step.Operands)
        {
            // What a later run needs of the steps that run once is kept.
            if (operand.Storage.Kind == StorageKind.Temporary && steps == _steps)
                operand.Storage.Kind = StorageKind.Kept;
            operand.Storage.Last = index;
        }
        Write(step.Target, index);
        foreach (var target in step.OtherTargets)
            Write(target, index);
        steps.Add(step);
    }

    private static void Write(Storage storage, int index)
    {
        storage.First = Math.Min(storage.First, index);
        storage.Last = Math.Max(storage.Last, index);
    }

    private Storage New(int size, int id)
    {
        var storage = new Storage(size, _uses.Varies(id) ? StorageKind.Workspace : StorageKind.Temporary);
        _storages.Add(storage);
        return storage;
    }

    private Storage Constant(T[] values) => External(values.Length, Keep(Padded(values)));

    private T[] Padded(T[] values) => _margin == 0 ? values : Guards<T>.Padded(values);

    private Storage External(int size, int slot) => new(size, StorageKind.External) { Slot = slot, Start = _margin };

    private int Keep(T[] values)
    {
        _constants.Add(values);
        return FirstConstant + _constants.Count - 1;
    }

    private static T[] Converted(double[] values)
    {
        if (typeof(T) == typeof(double))
            return (T[])(object)values;
        var converted = new T[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<double, T>(values, converted);
        return converted;
    }

    private static int Product(Shape shape, int start, int? end = null)
    {
        var product = 1;
        foreach (var length in shape.AsSpan()[start..(end ?? shape.Rank)])
            product *= length;
        return product;
    }
}
