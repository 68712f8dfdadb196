namespace AutoDiff;

/// <summary>The derivatives of loops: a loop of its own each, over the values that the steps have stored.</summary>
/// <remarks>
/// The body's derivative is split by dependence on the directions: what it reads of the rest is stored by the loop itself, as further results, and what does
/// not change from step to step is computed once. So a direction costs its own part only, and the parts are loops like any other: any order follows.
/// </remarks>
internal static partial class Loops
{
    /// <summary>Which inputs of the body have a derivative, given which arguments do: a carry does once what it becomes does.</summary>
    private static bool[] Active(Loop loop, bool[] arguments)
    {
        var active = (bool[])arguments.Clone();
        var order = Walk.Order(loop.Body.Outputs);
        for (var changed = true; changed; )
        {
            changed = false;
            var depending = Depending(loop, order, active);
            for (var i = 0; i < loop.CarryCount; i++)
            {
                ref var carry = ref active[loop.InvariantCount + i];
                changed |= !carry && depending.Contains(loop.Next[i]);
                carry |= depending.Contains(loop.Next[i]);
            }
        }
        return active;
    }

    private static HashSet<Tensor> Depending(Loop loop, List<Tensor> order, bool[] active) =>
        Walk.DependingOn(loop.Body.Inputs.Where((_, i) => active[i]), order, Op.Reaches);

    private static string Key(string mode, params ReadOnlySpan<bool[]> masks)
    {
        foreach (var mask in masks)
            mode += " " + string.Concat(mask.Select(bit => bit ? '1' : '0'));
        return mode;
    }

    /// <summary>A derivative's outputs apart from what they read of the loop's own steps.</summary>
    private static LoopSplit Split(Loop loop, Input?[] directions, Tensor?[] derivative)
    {
        int[] present = [.. Enumerable.Range(0, derivative.Length).Where(i => derivative[i] is not null)];
        Tensor[] outputs = [.. present.Select(i => derivative[i]!)];
        var order = Walk.Order(outputs);
        Tensor[] along = [.. directions.OfType<Input>()];
        var stored = Read(outputs, along, Walk.DependingOn(along, order), Walk.DependingOn(loop.Moving, order));
        var residuals = stored.ConvertAll(node => new Input(node.Shape, "residual"));
        outputs = Rewriting.Substitute(outputs, stored, residuals);
        // The carries before each step are no arguments: where they are read, they are stored as well.
        var read = new HashSet<Tensor>(Walk.Order(outputs), ReferenceEqualityComparer.Instance);
        Input[] carries = [.. loop.Carries.ToArray().Where(read.Contains)];
        Input[] before = [.. carries.Select(carry => new Input(carry.Shape, "residual"))];
        outputs = Rewriting.Substitute(outputs, carries, before);
        stored.AddRange(carries);
        residuals.AddRange(before);
        var added = new List<Tensor>();
        var places = stored.ConvertAll(node => Place(loop, node, added));
        var results = new Tensor?[derivative.Length];
        for (var i = 0; i < present.Length; i++)
            results[present[i]] = outputs[i];
        return new(loop.With(added), [.. places], [.. residuals], directions, results);
    }

    /// <summary>Which output a stored node is: one that there is, or one that is added.</summary>
    private static int Place(Loop loop, Tensor node, List<Tensor> added)
    {
        for (var i = 0; i < loop.Ys.Length; i++)
        {
            if (ReferenceEquals(loop.Ys[i], node))
                return loop.CarryCount + i;
        }
        added.Add(node);
        return loop.Body.Outputs.Length + added.Count - 1;
    }

    /// <summary>The computed nodes within a step that are read by what depends on a direction.</summary>
    private static List<Tensor> Read(Tensor[] outputs, Tensor[] directions, HashSet<Tensor> depending, HashSet<Tensor> within)
    {
        var stored = Residuals.Of(outputs, directions).FindAll(within.Contains);
        var seen = new HashSet<Tensor>(stored, ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
        {
            if (output is Apply && !depending.Contains(output) && within.Contains(output) && seen.Add(output))
                stored.Add(output);
        }
        return stored;
    }

    /// <summary>Gives a derivative's loop what its steps read of the loop itself.</summary>
    private static void AddReads(Closing closing, LoopSplit split, Apply node)
    {
        var (loop, arguments) = (split.Extended, node.Arguments.ToArray());
        if (split.Stored.Length > 0)
        {
            var results = Packed.Unpack(loop, Apply.Of(new Op.Scan(loop), arguments));
            for (var i = 0; i < split.Stored.Length; i++)
                closing.Slice(split.Residuals[i], results[split.Stored[i]]);
        }
        for (var i = 0; i < loop.InvariantCount; i++)
            closing.Invariant(loop.Invariants[i], arguments[i]);
        for (var i = 0; i < loop.Slices.Length; i++)
            closing.Slice(loop.Slices[i], arguments[loop.InvariantCount + loop.CarryCount + i]);
    }
}
