namespace AutoDiff;

internal static partial class Loops
{
    /// <summary>The cotangents of a loop's arguments: a loop that runs the other way over what the steps have stored; those of invariants add up in its carries.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="node">Its node.</param>
    /// <param name="g">The result's cotangent.</param>
    /// <param name="wanted">The arguments whose cotangents are asked for.</param>
    public static Tensor?[] Pull(Loop loop, Apply node, Tensor g, bool[] wanted)
    {
        var active = Active(loop, wanted);
        var cotangents = Packed.Unpack(loop, g);
        var reached = Reached(loop, active, cotangents);
        var split = loop.Splits.GetOrAdd(Key("reverse", active, reached), _ => Backwards(loop, active, reached));
        var closing = new Closing(loop.Length, !loop.Reverse);
        AddReads(closing, split, node);
        var targets = new List<int>(); // of each output the argument whose cotangent it is
        for (var i = 0; i < loop.InvariantCount + loop.CarryCount; i++)
        {
            var (input, pulled, carry) = (loop.Body.Inputs[i], split.Outputs[i], i - loop.InvariantCount);
            if (carry >= 0 && split.Directions[carry] is { } direction)
                closing.Carry(direction, cotangents[carry], pulled ?? Tensor.Zeros(input.Shape));
            else if (carry < 0 && pulled is not null)
            {
                var sum = new Input(input.Shape, "sum", input.NotesOrigin);
                closing.Carry(sum, Tensor.Zeros(input.Shape), sum + pulled);
            }
            else
                continue;
            targets.Add(i);
        }
        for (var i = loop.CarryCount; i < split.Directions.Length; i++)
        {
            if (split.Directions[i] is { } direction)
                closing.Slice(direction, cotangents[i]);
        }
        for (var i = loop.InvariantCount + loop.CarryCount; i < active.Length; i++)
        {
            if (split.Outputs[i] is not { } pulled)
                continue;
            closing.Y(pulled);
            targets.Add(i);
        }
        var results = new Tensor?[active.Length];
        if (targets.Count == 0)
            return results;
        var outputs = closing.Run();
        for (var i = 0; i < outputs.Length; i++)
            results[targets[i]] = outputs[i];
        return results;
    }

    /// <summary>Loops of one root and the same arguments as one loop, with its cotangent by those of the loops that have one; null where none has.</summary>
    public static (Apply Node, Tensor G)? Together(List<Apply> nodes, Tensor?[] cotangents)
    {
        var (union, outputs) = SharedLoops.Union(nodes.ConvertAll(node => ((Op.Scan)node.Op).Loop));
        var sums = new Tensor?[union.Body.Outputs.Length];
        for (var i = 0; i < nodes.Count; i++)
        {
            if (cotangents[i] is not { } g)
                continue;
            var pieces = Packed.Unpack(((Op.Scan)nodes[i].Op).Loop, g);
            for (var k = 0; k < pieces.Length; k++)
            {
                ref var sum = ref sums[outputs[i][k]];
                sum =
                    sum is null || Packed.IsZeros(sum) ? pieces[k]
                    : Packed.IsZeros(pieces[k]) ? sum
                    : sum + pieces[k];
            }
        }
        if (Array.TrueForAll(sums, sum => sum is null))
            return null;
        var whole = Packed.Pack([.. sums.Select((sum, i) => sum ?? Tensor.Zeros(union.Shaped(i)))]);
        return (Apply.Of(new Op.Scan(union), nodes[0].Arguments.ToArray()), whole);
    }

    /// <summary>Which outputs have a cotangent that is not 0 throughout: what a carry becomes has one once it is read by what has.</summary>
    private static bool[] Reached(Loop loop, bool[] active, Tensor[] cotangents)
    {
        var order = Walk.Order(loop.Body.Outputs);
        var depending = Depending(loop, order, active);
        var outputs = loop.Body.Outputs;
        var reached = new bool[outputs.Length];
        for (var i = 0; i < reached.Length; i++)
            reached[i] =
                (i < loop.CarryCount ? active[loop.InvariantCount + i] : depending.Contains(outputs[i])) && !Packed.IsZeros(cotangents[i]);
        var readers = new HashSet<Tensor>?[loop.CarryCount];
        for (var i = 0; i < readers.Length; i++)
            readers[i] = active[loop.InvariantCount + i] && !reached[i] ? Walk.DependingOn([loop.Carries[i]], order, Op.Reaches) : null;
        for (var changed = true; changed; )
        {
            changed = false;
            for (var i = 0; i < readers.Length; i++)
            {
                if (reached[i] || readers[i] is not { } read || !outputs.Where((output, k) => reached[k] && read.Contains(output)).Any())
                    continue;
                (reached[i], changed) = (true, true);
            }
        }
        return reached;
    }

    private static LoopSplit Backwards(Loop loop, bool[] active, bool[] reached)
    {
        var (inputs, outputs) = (loop.Body.Inputs, loop.Body.Outputs);
        var directions = new Input?[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
            directions[i] = reached[i] ? new Input(outputs[i].Shape, "cotangent", outputs[i].NotesOrigin) : null;
        var sources = inputs.Where((_, i) => active[i]).ToArray();
        var pulled = Reverse.Pull([.. outputs.Where((_, i) => reached[i])], [.. directions.OfType<Input>()], sources);
        var derivative = new Tensor?[inputs.Length];
        for (var (i, next) = (0, 0); i < inputs.Length; i++)
            derivative[i] = active[i] ? pulled[next++] : null;
        for (var i = 0; i < loop.CarryCount; i++)
            derivative[loop.InvariantCount + i] = reached[i] ? derivative[loop.InvariantCount + i] : null;
        return Split(loop, directions, derivative);
    }
}
