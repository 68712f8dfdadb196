using System.Numerics;

namespace AutoDiff;

/// <summary>Turns a graph into steps over storages: node by node, views where a view will do, fused steps where chains are elementwise.</summary>
internal sealed partial class PlanBuilder<T> : IOpTable<PlanBuilder<T>.Node, View?>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly ProductAdditions _additions;
    private readonly FoldedOperands _folds;
    private readonly TieShares _ties;
    private readonly Fusion _fusion;
    private readonly View?[] _views;
    private readonly FusedBuilder<T> _fused;
    private readonly List<Step<T>> _once = [];
    private readonly List<Step<T>> _steps = [];
    private readonly List<Storage> _storages = [];
    private readonly List<T[]> _constants = [];
    private readonly List<Storage> _results = [];
    private readonly int _margin;
    private readonly Dictionary<(Storage, int Offset, Shape, Ints Strides), View> _copies = [];

    private PlanBuilder(Graph graph, int margin)
    {
        (_graph, _margin) = (graph, margin);
        _uses = new(graph);
        _additions = new(graph, _uses);
        _folds = new(graph, _uses, _additions);
        _ties = new(graph, _uses);
        _fusion = new(graph, _uses, _additions, _ties);
        _views = new View?[graph.Nodes.Length];
        _fused = new(graph, _uses, _fusion, _views);
    }

    private int FirstConstant => Frame<T>.External + _graph.Inputs.Length + _graph.Outputs.Length;

    /// <summary>The parts of a graph's plan, whose blocks have <paramref name="margin"/> elements on either side that belong to none.</summary>
    public static PlanParts<T> Build(Graph graph, int margin)
    {
        var builder = new PlanBuilder<T>(graph = Joined.Flattened(TinyProducts.Written(graph)), margin);
        builder.AddInputs();
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (builder._uses.IsNeeded(id) && builder._views[id] is null && !builder.IsAbsorbed(id))
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
        else if (_ties.At(id) is { } share)
            _views[id] = Shared(id, share);
        else
            _views[id] = ((Apply)_graph.Nodes[id]).Op.Accept(this, new(id, _graph.Nodes[id].Shape));
    }

    public View? Of(Op.Map op, Node at) => Fused(at.Id);

    public View? Of(Op.Ordered op, Node at) => Fused(at.Id);

    public View? Of(Op.Zip op, Node at) => Fused(at.Id);

    public View? Of(Op.Select op, Node at) => Fused(at.Id);

    public View? Of(Op.ArgMax op, Node at)
    {
        var (y, x) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new ArgMaxStep<T>(x, y.Storage, x.Shape[op.Axis], Product(x.Shape, op.Axis + 1)));
        return y;
    }

    public View? Of(Op.CumulativeSum op, Node at)
    {
        var (x, y) = (Argument(at.Id, 0), Whole(at));
        Emit(at.Id, new CopyStep<T>(x, y, add: false));
        Emit(at.Id, new CumulativeSumStep<T>(y.Storage, x.Shape[op.Axis], Product(x.Shape, op.Axis + 1), op.Reverse));
        return y;
    }

    public View? Of(Op.Matrix op, Node at)
    {
        var y = Whole(at);
        View[] x = [.. Enumerable.Range(0, _graph.Arguments(at.Id).Length).Select(i => Argument(at.Id, i))];
        Emit(at.Id, new MatrixStep<T>(op.Name, MatrixFunctions.Of(op.Function).Kernel.For<T>(), x, y.Storage));
        return y;
    }

    public View? Of(Op.Broadcast op, Node at) => Argument(at.Id, 0).Broadcast(op.To);

    public View? Of(Op.Flip op, Node at) => Argument(at.Id, 0).Flip(op.Axes);

    public View? Of(Op.Gather op, Node at)
    {
        var (y, indices, x) = (Whole(at), Contiguous(at.Id, 1), Contiguous(at.Id, 0));
        var (batch, rest) = (Product(x.Shape, 0, op.BatchRank), Product(x.Shape, op.BatchRank + 1));
        Emit(at.Id, new GatherStep<T>(x, indices, y.Storage, batch, x.Shape[op.BatchRank], rest));
        return y;
    }

    public View? Of(Op.ScatterAdd op, Node at)
    {
        var (y, indices, x) = (Whole(at), Contiguous(at.Id, 1), Contiguous(at.Id, 0));
        var (batch, rest) = (Product(x.Shape, 0, op.BatchRank), Product(x.Shape, indices.Shape.Rank));
        Emit(at.Id, new ScatterAddStep<T>(x, indices, y.Storage, batch, op.Length, rest));
        return y;
    }

    public View? Of(Op.Windows op, Node at) => Argument(at.Id, 0).Windows(op, at.Shape);

    public View? Of(Op.OverlapAdd op, Node at)
    {
        if (Overlapped(at) is { } sums)
            return sums;
        var (x, y) = (Argument(at.Id, 0), Whole(at));
        Emit(at.Id, new FillStep<T>(y.Storage, T.Zero));
        var windows = y.Windows(new Op.Windows(op.Axis, x.Shape[-1], op.Stride, op.Dilation), x.Shape);
        // An element gets at most one term for each position in a window.
        Emit(at.Id, x.Shape[-1] > FoldKernel.Block ? new OverlapAddStep<T>(x, windows) : new CopyStep<T>(x, windows, add: true));
        return y;
    }

    public View? Of(Op.Fft op, Node at)
    {
        var (y, x) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new FourierStep<T>(x, y.Storage, at.Shape[-1], op.Inverse));
        return y;
    }

    public View? Of(Op.Barrier op, Node at) => Argument(at.Id, 0);

    public View? Of(Op.Custom op, Node at) => Argument(at.Id, 0);

    public View? Of(Op.Callback op, Node at)
    {
        var y = Whole(at);
        var arguments = new View[_graph.Arguments(at.Id).Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Contiguous(at.Id, i);
        Emit(at.Id, new CallbackStep<T>(op.Host, op.Batch.Size, arguments, y.Storage));
        return y;
    }

    /// <summary>The result of a node that is computed into a block of its own.</summary>
    private View Whole(Node at) => View.Whole(New(at.Shape.Size, at.Id), at.Shape);

    /// <summary>The node's view where its group ends with it: the group is computed then.</summary>
    private View? Fused(int id)
    {
        if (_fusion.GroupEndingAt(id) is { Length: > 0 } members)
            AddFused(members);
        return _views[id];
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
                _results.Add(storage);
                continue;
            }
            var output = View.Whole(External(view.Shape.Size, slot), view.Shape);
            Emit(_steps, new CopyStep<T>(view, output, add: false));
            _results.Add(output.Storage);
        }
    }

    /// <summary>For each of the first inputs whether the output of the same number may lie in its array: all that is read of it is read before the first write there.</summary>
    /// <remarks>Nothing that may fail comes behind the first such write, so that a failed run leaves the inputs as they were.</remarks>
    private bool[] Overwrites()
    {
        var lastFailing = _steps.FindLastIndex(step => step.CanFail);
        var overwrites = new bool[Math.Min(_graph.Inputs.Length, _results.Count)];
        for (var i = 0; i < overwrites.Length; i++)
        {
            var (read, written) = (_views[_graph.Inputs[i]]!.Storage, _results[i]);
            overwrites[i] =
                read.Size == written.Size
                && written.First > lastFailing
                && (read.Last < written.First || (read.Last == written.First && _steps[read.Last].MayOverwrite(read, written)));
        }
        return overwrites;
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
        return new([.. _once], [.. _steps], [.. _constants], FirstConstant, temporary, workspace, Overwrites());
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

    private View Shared(int id, TieShare share)
    {
        var target = New(_graph.Nodes[id].Shape.Size, id);
        Emit(id, new TieStep<T>(share.Axes, Contiguous(share.Source), Contiguous(share.Chosen), Contiguous(share.Cotangent), target));
        return View.Whole(target, _graph.Nodes[id].Shape);
    }

    private View Argument(int id, int index) => _views[_uses.Same(_graph.Arguments(id)[index])]!;

    /// <summary>An argument with its elements in a row: itself, or one copy for all who ask for the same.</summary>
    private View Contiguous(int id, int index) => Contiguous(_uses.Same(_graph.Arguments(id)[index]));

    /// <summary>A node's value with its elements in a row.</summary>
    private View Contiguous(int source)
    {
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

    /// <summary>A node that is being planned.</summary>
    internal readonly record struct Node(int Id, Shape Shape);
}
