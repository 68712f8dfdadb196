using static AutoDiff.Ops;

namespace AutoDiff;

internal static partial class Loops
{
    /// <summary>A batch [size, …] of a loop's results: one loop over what is batched and what is not.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="x">Its arguments, each one that is batched with the batch axis first.</param>
    /// <param name="isBatched">Which are.</param>
    /// <param name="size">The batch's size.</param>
    public static Tensor Batched(Loop loop, Tensor[] x, bool[] isBatched, int size)
    {
        var moving = Moving(loop, isBatched);
        var batched = Batched(loop, moving, size);
        var arguments = (Tensor[])x.Clone();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i >= loop.InvariantCount + loop.CarryCount)
                arguments[i] = isBatched[i] ? MoveAxis(x[i], 0, 1) : x[i];
            else if (moving[i] && !isBatched[i])
                arguments[i] = BroadcastTo(x[i], x[i].Shape.Insert(0, size));
        }
        var results = Packed.Unpack(batched, Apply.Of(new Op.Scan(batched), arguments));
        for (var i = 0; i < results.Length; i++)
        {
            var shape = loop.Shaped(i);
            if (batched.Body.Outputs[i].Rank == loop.Body.Outputs[i].Rank)
                results[i] = BroadcastTo(results[i], shape.Insert(0, size));
            else if (i >= loop.CarryCount)
                results[i] = MoveAxis(results[i], 1, 0);
            results[i] = ReshapeTo(results[i], [size, shape.Size]);
        }
        return results.Length == 0 ? Tensor.Zeros([size, 0]) : Concatenate(results, 1);
    }

    /// <summary>Which inputs of the body are batched: a carry is once what it becomes is.</summary>
    private static bool[] Moving(Loop loop, bool[] isBatched)
    {
        var moving = (bool[])isBatched.Clone();
        var order = Walk.Order(loop.Body.Outputs);
        for (var changed = true; changed; )
        {
            changed = false;
            var depending = Walk.DependingOn(loop.Body.Inputs.Where((_, i) => moving[i]), order);
            for (var i = 0; i < loop.CarryCount; i++)
            {
                ref var carry = ref moving[loop.InvariantCount + i];
                changed |= !carry && depending.Contains(loop.Next[i]);
                carry |= depending.Contains(loop.Next[i]);
            }
        }
        return moving;
    }

    /// <summary>Loops of one root have batched loops of one root: what shares its steps goes on sharing them.</summary>
    private static Loop Batched(Loop loop, bool[] moving, int size)
    {
        var key = Key(size.ToString(System.Globalization.CultureInfo.InvariantCulture), moving);
        if (loop.Batched.TryGetValue(key, out var known))
            return known;
        var root = ReferenceEquals(loop.Root, loop) ? null : Batched(loop.Root, moving, size);
        var inputs = root?.Body.Inputs;
        inputs ??=
        [
            .. loop.Body.Inputs.Select(
                (input, i) => moving[i] ? new Input(input.Shape.Insert(0, size), input.Name, input.NotesOrigin) : input
            ),
        ];
        var depending = Walk.DependingOn(loop.Body.Inputs.Where((_, i) => moving[i]), Walk.Order(loop.Body.Outputs));
        int[] along = [.. Enumerable.Range(0, inputs.Length).Where(i => moving[i])];
        var rewritten = Batching.Rewrite(
            loop.Body.Outputs,
            [.. along.Select(i => loop.Body.Inputs[i])],
            [.. along.Select(i => (Tensor)inputs[i])],
            size
        );
        Tensor[] outputs =
        [
            .. loop.Body.Outputs.Select(
                (output, i) =>
                    depending.Contains(output) || (i < loop.CarryCount && moving[loop.InvariantCount + i]) ? rewritten[i] : output
            ),
        ];
        var batched = new Loop(new(inputs, outputs), loop.InvariantCount, loop.CarryCount, loop.Length, loop.Reverse, root);
        return loop.Batched.GetOrAdd(key, batched);
    }
}
