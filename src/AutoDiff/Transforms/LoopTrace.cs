namespace AutoDiff;

/// <summary>A step of a loop, traced once, over leaves that have no values.</summary>
/// <param name="Operation">In whose name it was traced.</param>
/// <param name="Carries">The inputs that stand for a carry's leaves.</param>
/// <param name="Slices">The inputs that stand for a slice of each leaf that is looped over.</param>
/// <param name="Next">The next carry's leaves.</param>
/// <param name="Ys">The leaves of what the step gives.</param>
/// <param name="Reverse">Whether the steps run from the last slice to the first.</param>
internal sealed record LoopTrace(string Operation, Input[] Carries, Input[] Slices, Tensor[] Next, Tensor[] Ys, bool Reverse)
{
    /// <summary>A step of (carry, slices) → (next carry, ys), in leaves.</summary>
    /// <exception cref="ArgumentException">The next carry has other leaves than the one before.</exception>
    public static LoopTrace Of(
        string operation,
        Tensor[] initial,
        string[] names,
        Tensor[] stacked,
        Func<Tensor[], Tensor[], (Tensor[] Next, Tensor[] Ys)> step,
        bool reverse = false
    )
    {
        var notes = Array.Exists([.. initial, .. stacked], leaf => leaf.NotesOrigin);
        Input[] carries = [.. initial.Select((leaf, i) => new Input(leaf.Shape, Named(names[i]), notes))];
        Input[] slices = [.. stacked.Select(leaf => new Input(leaf.Shape.Without([0]), "slice", notes))];
        var (next, ys) = step([.. carries], [.. slices]);
        RequireCarry(operation, carries, next);
        return new(operation, carries, slices, next, ys, reverse);
    }

    /// <summary>Refuses a next carry that has other leaves than the one before.</summary>
    public static void RequireCarry(string operation, Input[] carries, Tensor[] next)
    {
        Require.That(
            next.Length == carries.Length,
            $"[{operation}] the step gave a carry of {next.Length} leaves; expected {carries.Length}, as the initial one has"
        );
        for (var i = 0; i < next.Length; i++)
        {
            Require.That(
                next[i].Shape.Equals(carries[i].Shape),
                $"[{operation}] the step gave leaf \"{carries[i].Name}\" of the carry shape {next[i].Shape}; expected {carries[i].Shape}, as the initial one has"
            );
        }
    }

    /// <summary>The name of a leaf's input.</summary>
    public static string Named(string leaf) => leaf.Length == 0 ? "carry" : leaf;

    /// <summary>The last carry and the stacked results of the steps.</summary>
    public (Tensor[] Final, Tensor[] Ys) Run(Tensor[] initial, Tensor[] stacked, int length)
    {
        var closing = new Closing(length, Reverse);
        for (var i = 0; i < Carries.Length; i++)
            closing.Carry(Carries[i], initial[i], Next[i]);
        for (var i = 0; i < Slices.Length; i++)
            closing.Slice(Slices[i], stacked[i]);
        foreach (var y in Ys)
            closing.Y(y);
        var results = closing.Run();
        return (results[..Carries.Length], results[Carries.Length..]);
    }

    /// <summary>The same where reverse mode keeps a carry every so many steps only: a loop over chunks, each a loop that is computed again, and the steps that are left.</summary>
    public (Tensor[] Final, Tensor[] Ys) Run(Tensor[] initial, Tensor[] stacked, int length, int? checkpointEvery)
    {
        Require.That(checkpointEvery is not <= 0, $"[{Operation}] got a checkpoint every {checkpointEvery} steps; expected at least 1");
        if (checkpointEvery is not { } every || every >= length)
            return Run(initial, stacked, length);
        var (chunks, rest) = (length / every, length % every);
        var (whole, start) = (chunks * every, Reverse ? rest : 0);
        Tensor[] parts = [.. stacked.Select(x => Ops.ReshapeTo(Part(x, start, whole), [chunks, every, .. x.Shape.AsSpan()[1..]]))];
        var chunked = Of(
            Operation,
            initial,
            [.. Carries.Select(carry => carry.Name)],
            parts,
            (carry, slices) =>
            {
                var (last, ys) = Run(carry, slices, every);
                var again = Transforms.Recomputed([.. last, .. ys], [.. carry, .. slices]);
                return (again[..last.Length], again[last.Length..]);
            },
            Reverse
        );
        var (final, results) = chunked.Run(initial, parts, chunks);
        for (var i = 0; i < results.Length; i++)
            results[i] = Ops.ReshapeTo(results[i], [whole, .. Ys[i].Shape.AsSpan()]);
        if (rest == 0)
            return (final, results);
        var (end, others) = Run(final, [.. stacked.Select(x => Part(x, Reverse ? 0 : whole, rest))], rest);
        return (end, [.. results.Select((y, i) => Reverse ? Ops.Concatenate([others[i], y]) : Ops.Concatenate([y, others[i]]))]);
    }

    private static Tensor Part(Tensor x, int start, int length) => Ops.SliceAxis(x, 0, start, length, 1);
}
