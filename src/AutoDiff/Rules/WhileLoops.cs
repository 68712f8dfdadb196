using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Loops that end by a condition: how they are closed, their tangents, and batches of them.</summary>
internal static class WhileLoops
{
    /// <summary>What reverse mode through such a loop is answered with.</summary>
    public static InvalidOperationException Irreversible() =>
        new(
            "[While] got a derivative in reverse mode, which would keep every step of a loop of unknown length; expected forward mode, "
                + "or FixedPoint or CustomRoot (implicit derivatives), Scan or ForI (a known number of steps), or StopGradient round it"
        );

    /// <summary>The last carries of a loop whose steps may read from outside.</summary>
    /// <param name="carries">The inputs that stand for a carry.</param>
    /// <param name="initial">The first carry.</param>
    /// <param name="first">Whether there is a step.</param>
    /// <param name="again">Whether there is another one after it.</param>
    /// <param name="next">The next carry.</param>
    /// <param name="known">Further inputs, which do not change from step to step.</param>
    /// <param name="values">What they stand for.</param>
    public static Tensor[] Run(
        Input[] carries,
        Tensor[] initial,
        Tensor first,
        Tensor again,
        Tensor[] next,
        IReadOnlyList<Input> known,
        IReadOnlyList<Tensor> values
    )
    {
        var (invariants, read, closed) = Closing.Closed([again, .. next], carries, known, values);
        var loop = new WhileLoop(new([.. invariants, .. carries], closed), invariants.Length);
        return Packed.Unpack(Array.ConvertAll(initial, x => x.Shape), Apply.Of(new Op.While(loop), [first, .. read, .. initial]));
    }

    /// <summary>The tangent of a loop's result: one loop of carries and their tangents, as long as the carries say; null where no tangent reaches it.</summary>
    public static Tensor? Push(WhileLoop loop, Apply node, Tensor?[] tangents)
    {
        var (inputs, invariants) = (loop.Body.Inputs, loop.InvariantCount);
        Tensor[] arguments = node.Arguments[1..].ToArray();
        var given = tangents[1..];
        var active = Spread(loop, Array.ConvertAll(given, tangent => tangent is not null), Op.Reaches);
        int[] moving = [.. Enumerable.Range(invariants, loop.CarryCount).Where(i => active[i])];
        if (moving.Length == 0)
            return null;
        var directions = new Input?[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            directions[i] = active[i] ? new Input(inputs[i].Shape, "tangent", inputs[i].NotesOrigin) : null;
        var pushed = Forward.Push(loop.Next.ToArray(), [.. inputs.Where((_, i) => active[i])], [.. directions.OfType<Input>()]);
        int[] still = [.. Enumerable.Range(0, invariants).Where(i => active[i])];
        var results = Run(
            [.. loop.Carries, .. moving.Select(i => directions[i]!)],
            [.. arguments[invariants..], .. moving.Select(i => given[i] ?? Tensor.Zeros(inputs[i].Shape))],
            node.Arguments[0],
            loop.Again,
            [.. loop.Next, .. moving.Select(i => pushed[i - invariants] ?? Tensor.Zeros(inputs[i].Shape))],
            [.. loop.Invariants, .. still.Select(i => directions[i]!)],
            [.. arguments[..invariants], .. still.Select(i => given[i]!)]
        );
        var pieces = Array.ConvertAll(loop.Carries.ToArray(), carry => Tensor.Zeros(carry.Shape));
        for (var k = 0; k < moving.Length; k++)
            pieces[moving[k] - invariants] = results[loop.CarryCount + k];
        return Packed.Pack(pieces);
    }

    /// <summary>A batch [size, …] of a loop's results; where examples end at different steps, those that have ended keep their carries.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="x">Its arguments, each one that is batched with the batch axis first.</param>
    /// <param name="isBatched">Which are.</param>
    /// <param name="size">The batch's size.</param>
    public static Tensor Batched(WhileLoop loop, Tensor[] x, bool[] isBatched, int size)
    {
        var (old, invariants) = (loop.Body.Inputs, loop.InvariantCount);
        var moving = Spread(loop, isBatched[1..], null);
        var apart = isBatched[0] || Depending(loop, moving, null).Contains(loop.Again);
        if (apart)
            moving.AsSpan(invariants).Fill(true);
        Input[] inputs = [.. old.Select((input, i) => moving[i] ? new(input.Shape.Insert(0, size), input.Name, input.NotesOrigin) : input)];
        var outputs = Batching.Rewrite(
            loop.Body.Outputs,
            [.. old.Where((_, i) => moving[i])],
            [.. inputs.Where((_, i) => moving[i])],
            size
        );
        var carries = inputs[invariants..];
        Tensor[] next = [.. carries.Select((_, i) => moving[invariants + i] ? outputs[i + 1] : loop.Next[i])];
        Tensor[] initial = [.. carries.Select((_, i) => At(1 + invariants + i, moving[invariants + i]))];
        var results = apart
            ? RunApart(carries, initial, At(0, true), outputs[0], next, inputs[..invariants], x[1..(1 + invariants)])
            : Run(carries, initial, x[0], loop.Again, next, inputs[..invariants], x[1..(1 + invariants)]);
        for (var i = 0; i < results.Length; i++)
        {
            var shape = loop.Carries[i].Shape;
            results[i] = ReshapeTo(
                moving[invariants + i] ? results[i] : BroadcastTo(results[i], shape.Insert(0, size)),
                [size, shape.Size]
            );
        }
        return Concatenate(results, 1);

        Tensor At(int argument, bool batched) =>
            batched && !isBatched[argument] ? BroadcastTo(x[argument], x[argument].Shape.Insert(0, size)) : x[argument];
    }

    /// <summary>The loop of examples of which each goes on as long as its own condition says.</summary>
    private static Tensor[] RunApart(
        Input[] carries,
        Tensor[] initial,
        Tensor first,
        Tensor again,
        Tensor[] next,
        Input[] known,
        Tensor[] values
    )
    {
        var going = new Input(first.Shape, "going");
        var still = Kept(again, going);
        return Run(
            [going, .. carries],
            [first, .. initial],
            Any(first),
            Any(still),
            [still, .. next.Select((x, i) => Kept(x, carries[i]))],
            known,
            values
        )[1..];

        Tensor Kept(Tensor x, Tensor before) => Where(ReshapeTo(going, [going.Shape[0], .. Enumerable.Repeat(1, x.Rank - 1)]), x, before);
    }

    /// <summary>Which inputs of the body vary, given which arguments do: a carry does once what it becomes does.</summary>
    private static bool[] Spread(WhileLoop loop, bool[] arguments, Func<Op, int, bool>? through)
    {
        var varies = (bool[])arguments.Clone();
        for (var changed = true; changed; )
        {
            changed = false;
            var depending = Depending(loop, varies, through);
            for (var i = 0; i < loop.CarryCount; i++)
            {
                ref var carry = ref varies[loop.InvariantCount + i];
                changed |= !carry && depending.Contains(loop.Next[i]);
                carry |= depending.Contains(loop.Next[i]);
            }
        }
        return varies;
    }

    private static HashSet<Tensor> Depending(WhileLoop loop, bool[] varies, Func<Op, int, bool>? through) =>
        Walk.DependingOn(loop.Body.Inputs.Where((_, i) => varies[i]), Walk.Order(loop.Body.Outputs), through);
}
