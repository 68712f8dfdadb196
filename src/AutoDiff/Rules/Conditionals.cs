using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Choices between two subgraphs: how they are closed, and their derivatives and batches, which are such choices as well.</summary>
/// <remarks>What a branch computes is inside it and is computed only where it is taken; what was there before is an argument.</remarks>
internal static class Conditionals
{
    /// <summary>The outputs of the branch that a predicate chooses.</summary>
    /// <param name="predicate">A scalar: not 0 for the first.</param>
    /// <param name="known">Inputs that the branches may read.</param>
    /// <param name="values">What they stand for.</param>
    /// <param name="whenTrue">The one branch's outputs.</param>
    /// <param name="whenFalse">The other's.</param>
    /// <param name="inside">What is computed inside; what else they read is an argument.</param>
    public static Tensor[] Run(
        Tensor predicate,
        Input[] known,
        Tensor[] values,
        Tensor[] whenTrue,
        Tensor[] whenFalse,
        HashSet<Tensor> inside
    )
    {
        if (whenTrue.Length == 0)
            return [];
        var reads = Reads([.. whenTrue, .. whenFalse], known, inside);
        Input[] inputs = [.. reads.Select(read => read as Input is { } input && known.Contains(input) ? input : Stand(read))];
        var closed = Rewriting.Substitute([.. whenTrue, .. whenFalse], reads, inputs);
        var branches = new Branches(inputs, closed[..whenTrue.Length], closed[whenTrue.Length..]);
        var node = Apply.Of(new Op.Cond(branches), [predicate, .. Rewriting.Substitute(reads, known, values)]);
        return Packed.Unpack(branches.Shapes, node);
    }

    /// <summary>The tangent of a choice: the choice between the branches' tangents; null where none reaches it.</summary>
    public static Tensor? Push(Branches branches, Apply node, Tensor?[] tangents)
    {
        int[] active = [.. Enumerable.Range(0, branches.Inputs.Length).Where(i => tangents[i + 1] is not null)];
        Input[] sources = [.. active.Select(i => branches.Inputs[i])];
        Input[] directions = [.. sources.Select(source => new Input(source.Shape, "tangent", source.NotesOrigin))];
        var any = false;
        var pieces = Within(
            node.Arguments[0],
            [.. branches.Inputs, .. directions],
            [.. node.Arguments[1..], .. active.Select(i => tangents[i + 1]!)],
            Pushed(branches.WhenTrue),
            Pushed(branches.WhenFalse)
        );
        return any ? Packed.Pack(pieces) : null;

        Tensor[] Pushed(Body body)
        {
            var pushed = Forward.Push(body.Outputs, sources, directions);
            any |= Array.Exists(pushed, tangent => tangent is not null);
            return [.. pushed.Select((tangent, i) => tangent ?? Tensor.Zeros(body.Outputs[i].Shape))];
        }
    }

    /// <summary>The cotangents of a choice's arguments: the choice between those of the branches, which compute again what they need.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="node">The node.</param>
    /// <param name="g">The result's cotangent.</param>
    /// <param name="wanted">The arguments whose cotangents are asked for.</param>
    public static Tensor?[] Pull(Branches branches, Apply node, Tensor g, bool[] wanted)
    {
        int[] active = [.. Enumerable.Range(0, branches.Inputs.Length).Where(i => wanted[i + 1])];
        Input[] sources = [.. active.Select(i => branches.Inputs[i])];
        var cotangent = new Input(g.Shape, "cotangent", g.NotesOrigin);
        var pieces = Within(
            node.Arguments[0],
            [.. branches.Inputs, cotangent],
            [.. node.Arguments[1..], g],
            Pulled(branches.WhenTrue),
            Pulled(branches.WhenFalse)
        );
        var results = new Tensor?[wanted.Length];
        for (var k = 0; k < active.Length; k++)
            results[active[k] + 1] = pieces[k];
        return results;

        Tensor[] Pulled(Body body)
        {
            var pulled = Reverse.Pull(body.Outputs, Packed.Unpack(branches.Shapes, cotangent), sources);
            return [.. pulled.Select((result, i) => result ?? Tensor.Zeros(sources[i].Shape))];
        }
    }

    /// <summary>A batch [size, …] of a choice's results: a choice between batches where all examples choose alike, else both branches and an elementwise choice.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="x">The arguments, each one that is batched with the batch axis first.</param>
    /// <param name="isBatched">Which are.</param>
    /// <param name="size">The batch's size.</param>
    public static Tensor Batched(Branches branches, Tensor[] x, bool[] isBatched, int size)
    {
        var old = branches.Inputs;
        int[] along = [.. Enumerable.Range(0, old.Length).Where(i => isBatched[i + 1])];
        Input[] placeholders = [.. along.Select(i => old[i])];
        Tensor[] results;
        if (isBatched[0])
        {
            Tensor[] outputs = Outer([.. branches.WhenTrue.Outputs, .. branches.WhenFalse.Outputs]);
            results = new Tensor[outputs.Length / 2];
            for (var i = 0; i < results.Length; i++)
            {
                var choice = ReshapeTo(x[0], [size, .. Enumerable.Repeat(1, outputs[i].Rank - 1)]);
                results[i] = Where(choice, outputs[i], outputs[results.Length + i]);
            }
        }
        else
        {
            Input[] inputs =
            [
                .. old.Select((input, i) => isBatched[i + 1] ? new(input.Shape.Insert(0, size), input.Name, input.NotesOrigin) : input),
            ];
            Tensor[] batches = [.. along.Select(i => inputs[i])];
            results = Within(
                x[0],
                inputs,
                x[1..],
                Batching.Rewrite(branches.WhenTrue.Outputs, placeholders, batches, size),
                Batching.Rewrite(branches.WhenFalse.Outputs, placeholders, batches, size)
            );
        }
        return Concatenate([.. results.Select(result => ReshapeTo(result, [size, result.Shape.Size / Math.Max(size, 1)]))], 1);

        Tensor[] Outer(Tensor[] outputs)
        {
            int[] shared = [.. Enumerable.Range(0, old.Length).Where(i => !isBatched[i + 1])];
            var known = Rewriting.Substitute(outputs, [.. shared.Select(i => old[i])], [.. shared.Select(i => x[i + 1])]);
            return Batching.Rewrite(known, placeholders, [.. along.Select(i => x[i + 1])], size);
        }
    }

    /// <summary>The same of what is made of closed branches: all of it is inside but for what an enclosing transform differentiates.</summary>
    private static Tensor[] Within(Tensor predicate, Input[] known, Tensor[] values, Tensor[] whenTrue, Tensor[] whenFalse)
    {
        var order = Walk.Order([.. whenTrue, .. whenFalse]);
        var inside = Walk.DependingOn(known, order);
        inside.UnionWith(order.Where(node => node is Apply { Op: not Op.Barrier }));
        return Run(predicate, known, values, whenTrue, whenFalse, inside);
    }

    /// <summary>The nodes that a function built, by those that it built when it was called before: what is the same node was there already.</summary>
    public static HashSet<Tensor> Built(Tensor[] outputs, Tensor[] before)
    {
        var built = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(Tensor Node, Tensor? Before)>(outputs.Zip(before, (node, other) => (node, (Tensor?)other)));
        while (open.TryPop(out var pair))
        {
            if (ReferenceEquals(pair.Node, pair.Before) || pair.Node is not Apply apply || !built.Add(apply))
                continue;
            var (arguments, others) = (apply.Definition(out _), (pair.Before as Apply)?.Definition(out _) ?? []);
            for (var i = 0; i < arguments.Length; i++)
                open.Push((arguments[i], i < others.Length ? others[i] : null));
        }
        return built;
    }

    /// <summary>What the inside reads: inputs, and what was there before; rearranged, it is rearranged inside.</summary>
    private static List<Tensor> Reads(Tensor[] outputs, Input[] known, HashSet<Tensor> inside)
    {
        var reads = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Tensor>(outputs);
        while (open.TryPop(out var node))
        {
            if (node is Constant || !seen.Add(node))
                continue;
            if (node is Apply apply && (inside.Contains(node) || apply.Op is Op.Reshape or Op.Transpose or Op.Broadcast or Op.Flip))
            {
                foreach (var argument in apply.Arguments)
                    open.Push(argument);
            }
            else
                reads.Add(node);
        }
        reads.Sort((x, y) => Place(x).CompareTo(Place(y)));
        return reads;

        // Arguments in the order in which they were given; what else is read comes behind them.
        int Place(Tensor node) => Array.IndexOf(known, node) is var at && at >= 0 ? at : int.MaxValue;
    }

    private static Input Stand(Tensor read) => new(read.Shape, "read", read.NotesOrigin);
}
