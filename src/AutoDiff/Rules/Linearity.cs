namespace AutoDiff;

/// <summary>How a node depends on some directions: the table that tells linear maps from others by their graph, without computing anything.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Culprit">Where it is not linear: what makes it so.</param>
internal readonly record struct Linearity(Linearity.Of Kind, string Culprit = "")
{
    private static readonly Linearity Zero = new(Of.Zero);
    private static readonly Linearity Fixed = new(Of.Fixed);
    private static readonly Linearity Linear = new(Of.Linear);

    public enum Of
    {
        /// <summary>0 whatever the direction.</summary>
        Zero,

        /// <summary>Not dependent on the direction.</summary>
        Fixed,

        /// <summary>Twice the value for twice the direction, and the sum for a sum.</summary>
        Linear,

        /// <summary>Anything else.</summary>
        Other,
    }

    /// <summary>What makes one of the results not linear in the directions, "it" in the text; null where all are linear.</summary>
    /// <param name="results">The results of a rule.</param>
    /// <param name="directions">What they are to be linear in.</param>
    /// <param name="order">The results and what they depend on, each after its arguments, but for nodes older than the directions.</param>
    /// <param name="transposed">Whether the map will be transposed.</param>
    public static string? Problem(Tensor[] results, Tensor[] directions, List<Tensor> order, bool transposed)
    {
        var found = new Dictionary<Tensor, Linearity>(ReferenceEqualityComparer.Instance);
        foreach (var direction in directions)
            found[direction] = Linear;
        foreach (var node in order)
        {
            if (!found.ContainsKey(node))
                found[node] = node is Apply apply ? Node(apply, found, transposed) : Older(node);
        }
        foreach (var result in results)
        {
            if (Found(result, found) is { Kind: Of.Fixed or Of.Other } problem)
                return problem.Kind == Of.Other ? problem.Culprit : "a result that does not depend on it and is not 0";
        }
        return null;
    }

    private static Linearity Node(Apply node, Dictionary<Tensor, Linearity> found, bool transposed)
    {
        var arguments = node.Definition(out var op);
        return Result(op, Array.ConvertAll(arguments, argument => Found(argument, found)), transposed);
    }

    /// <summary>Whether a node is 0 whatever the direction: each argument is batched and depends on it, is batched and 0, or is the same in every example.</summary>
    public static bool IsZero(Op op, Tensor[] x, BatchValues?[] batches) =>
        op is not Op.Custom
        && Array.Exists(batches, batch => batch is BatchValues.Zeros)
        && Result(
            op,
            [
                .. batches.Select(
                    (batch, i) =>
                        batch is null ? Older(x[i])
                        : batch is BatchValues.Zeros ? Zero
                        : Linear
                ),
            ],
            transposed: false
        ).Kind == Of.Zero;

    private static Linearity Result(Op op, Linearity[] x, bool transposed) =>
        op.Facts.Kind switch
        {
            OpKind.Map => Mapped(op, Unaries.Of(op), x[0], transposed),
            OpKind.Zip => Zipped(op, Binaries.Of(((Op.Zip)op).Function).Kind, x),
            OpKind.Select => Depends(x[0]) ? Not($"{op.Name} whose condition depends on it", x) : Together(op, x[1..]),
            OpKind.Reduction => Reductions.Of(((Op.Reduce)op).Kind).Kind == ReductionKind.Sum ? x[0] : Unlike(op, x),
            OpKind.Position or OpKind.Callback => Unlike(op, x),
            OpKind.Product => Product(op, x[0], x[1]),
            OpKind.Matrix => Matrix(op, MatrixFunctions.Of(((Op.Matrix)op).Function).LinearIn, x),
            OpKind.Moves or OpKind.Sums => op.Facts.Differentiable == Arguments.First ? First(op, x) : Together(op, x),
            OpKind.Pad => Together(op, [x[0], ((Op.Pad)op).Value == 0 ? Zero : Fixed]),
            OpKind.Barrier or OpKind.Rule => x[0],
            OpKind.Control => Control(op, x, transposed),
        };

    private static Linearity Mapped(Op op, UnaryRow row, Linearity x, bool transposed) =>
        row.Kind switch
        {
            UnaryKind.Renaming or UnaryKind.Linear => row.Slope is null && transposed && Depends(x)
                ? Not($"{op.Name} of it, which has no transpose", [x])
                : x,
            UnaryKind.Exact or UnaryKind.Function => Unlike(op, [x]),
        };

    private static Linearity Zipped(Op op, BinaryKind kind, Linearity[] x) =>
        kind switch
        {
            BinaryKind.Sum => Together(op, x),
            BinaryKind.Product => Product(op, x[0], x[1]),
            BinaryKind.Quotient => First(op, x),
            BinaryKind.Choice or BinaryKind.Function => Unlike(op, x),
        };

    /// <summary>Linear in one argument only, where it is in any.</summary>
    private static Linearity Matrix(Op op, int linearIn, Linearity[] x) =>
        linearIn < 0 ? Unlike(op, x)
        : x.Where((argument, i) => i != linearIn && Depends(argument)).Any()
            ? Not($"{op.Name} whose arguments besides number {linearIn + 1} depend on it", x)
        : x[linearIn];

    private static Linearity Unlike(Op op, Linearity[] x) => Array.Exists(x, Depends) ? Not($"{op.Name} of it", x) : Fixed;

    /// <summary>A sum, or values side by side: what is fixed beside what is linear makes the whole affine.</summary>
    private static Linearity Together(Op op, Linearity[] x)
    {
        var most = x[0];
        foreach (var argument in x)
        {
            if (argument.Kind > most.Kind)
                most = argument;
        }
        return most.Kind == Of.Linear && Array.Exists(x, argument => argument.Kind == Of.Fixed)
            ? Not($"{op.Name} of it and what does not depend on it", x)
            : most;
    }

    private static Linearity Product(Op op, Linearity x, Linearity y) =>
        Depends(x) && Depends(y) ? Not($"{op.Name} of two factors that both depend on it", [x, y])
        : Depends(x) ? x
        : Depends(y) ? y
        : x == Zero || y == Zero ? Zero
        : Fixed;

    private static Linearity Control(Op op, Linearity[] x, bool transposed) =>
        op switch
        {
            Op.Scan(var loop) => Looped(op, loop.Body, x, (loop.InvariantCount, loop.CarryCount), 0, transposed),
            Op.While when transposed && Array.Exists(x, Depends) => Not($"{op.Name} of it, which has no transpose", x),
            Op.While or Op.Cond when Depends(x[0]) => Not($"{op.Name} whose condition depends on it", x),
            Op.While(var loop) => Looped(op, loop.Body, x[1..], (loop.InvariantCount, loop.CarryCount), 1, transposed),
            Op.Cond(var branches) => Together(
                op,
                [Zero, .. Outputs(branches.WhenTrue, x[1..], transposed), .. Outputs(branches.WhenFalse, x[1..], transposed)]
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A carry is what it begins with and what it becomes, together; these can only rise. Outputs before the carries decide and are in no result.</summary>
    private static Linearity Looped(Op op, Body body, Linearity[] x, (int Start, int Count) carries, int decide, bool transposed)
    {
        var kinds = (Linearity[])x.Clone();
        while (true)
        {
            var outputs = Outputs(body, kinds, transposed);
            var changed = false;
            for (var i = 0; i < carries.Count; i++)
            {
                ref var carry = ref kinds[carries.Start + i];
                var joined = Together(op, [carry, outputs[decide + i]]);
                changed |= joined.Kind != carry.Kind;
                carry = joined;
            }
            if (Array.Exists(outputs[..decide], Depends))
                return Not($"{op.Name} whose condition depends on it", outputs);
            if (!changed)
                return Together(op, [Zero, .. outputs[decide..], .. kinds.AsSpan(carries.Start, carries.Count)]);
        }
    }

    private static Linearity[] Outputs(Body body, Linearity[] x, bool transposed)
    {
        var found = new Dictionary<Tensor, Linearity>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < x.Length; i++)
            found[body.Inputs[i]] = x[i];
        foreach (var node in Walk.Order(body.Outputs))
        {
            if (!found.ContainsKey(node))
                found[node] = node is Apply apply ? Node(apply, found, transposed) : Older(node);
        }
        return Array.ConvertAll(body.Outputs, output => found[output]);
    }

    /// <summary>Linear in the first argument only.</summary>
    private static Linearity First(Op op, Linearity[] x) =>
        Array.Exists(x[1..], Depends) ? Not($"{op.Name} whose second argument depends on it", x) : x[0];

    /// <summary>The first culprit on the way stays the one that is named.</summary>
    private static Linearity Not(string culprit, Linearity[] x) =>
        Array.Find(x, argument => argument.Kind == Of.Other) is { Kind: Of.Other } earlier ? earlier : new(Of.Other, culprit);

    private static bool Depends(Linearity x) => x.Kind >= Of.Linear;

    private static Linearity Found(Tensor node, Dictionary<Tensor, Linearity> found) =>
        found.TryGetValue(node, out var known) ? known : Older(node);

    /// <summary>Whether a tensor is zeros, however arranged.</summary>
    public static bool IsZeros(Tensor x) => Older(x).Kind == Of.Zero;

    /// <summary>Of a node that does not depend on the directions: whether it is zeros, however arranged.</summary>
    private static Linearity Older(Tensor node)
    {
        while (node is Apply apply)
        {
            var arguments = apply.Definition(out var op);
            if (!op.Rearranges && !(op is Op.Map(var function) && Unaries.Of(function).Kind == UnaryKind.Linear))
                return Fixed;
            node = arguments[0];
        }
        return node is Constant constant && constant.Values.IndexOfAnyExcept(0.0) < 0 ? Zero : Fixed;
    }
}
