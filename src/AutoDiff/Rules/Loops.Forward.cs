namespace AutoDiff;

internal static partial class Loops
{
    /// <summary>The tangent of a loop's result: a loop of tangents over what the steps have stored; null where no tangent reaches it.</summary>
    public static Tensor? Push(Loop loop, Apply node, Tensor?[] tangents)
    {
        var active = Active(loop, Array.ConvertAll(tangents, tangent => tangent is not null));
        var split = loop.Splits.GetOrAdd(Key("forward", active), _ => Forwards(loop, active));
        var closing = new Closing(loop.Length, loop.Reverse);
        AddReads(closing, split, node);
        for (var i = 0; i < active.Length; i++)
        {
            if (split.Directions[i] is not { } direction)
                continue;
            var carry = i - loop.InvariantCount;
            if (carry < 0)
                closing.Invariant(direction, tangents[i]!);
            else if (carry >= loop.CarryCount)
                closing.Slice(direction, tangents[i]!);
            else
                closing.Carry(
                    direction,
                    tangents[i] ?? Tensor.Zeros(direction.Shape),
                    split.Outputs[carry] ?? Tensor.Zeros(direction.Shape)
                );
        }
        for (var i = loop.CarryCount; i < split.Outputs.Length; i++)
        {
            if (split.Outputs[i] is { } y)
                closing.Y(y);
        }
        var results = closing.Run(out var linear);
        if (results.Length == split.Outputs.Length)
            return linear;
        var next = 0;
        var pieces = new Tensor[split.Outputs.Length];
        for (var i = 0; i < pieces.Length; i++)
        {
            var moves = i < loop.CarryCount ? active[loop.InvariantCount + i] : split.Outputs[i] is not null;
            pieces[i] = moves ? results[next++] : Tensor.Zeros(loop.Shaped(i));
        }
        return next == 0 ? null : Packed.Pack(pieces);
    }

    /// <summary>The tangents of loops of one root and the same arguments, parts of one loop's, from those of the arguments; null where none reaches.</summary>
    public static Tensor?[] PushAll(List<Apply> nodes, Tensor?[] tangents)
    {
        var results = new Tensor?[nodes.Count];
        if (Array.TrueForAll(tangents, tangent => tangent is null))
            return results;
        var (union, outputs) = SharedLoops.Union(nodes.ConvertAll(node => ((Op.Scan)node.Op).Loop));
        var whole = Apply.Of(new Op.Scan(union), nodes[0].Arguments.ToArray());
        if (Push(union, whole, tangents) is not { } tangent)
            return results;
        var pieces = Packed.Unpack(union, tangent);
        for (var i = 0; i < nodes.Count; i++)
            results[i] = Packed.Pack(Array.ConvertAll(outputs[i], output => pieces[output]));
        return results;
    }

    private static LoopSplit Forwards(Loop loop, bool[] active)
    {
        var inputs = loop.Body.Inputs;
        var directions = new Input?[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            directions[i] = active[i] ? new Input(inputs[i].Shape, "tangent", inputs[i].NotesOrigin) : null;
        return Split(
            loop,
            directions,
            Forward.Push(loop.Body.Outputs, [.. inputs.Where((_, i) => active[i])], [.. directions.OfType<Input>()])
        );
    }
}
