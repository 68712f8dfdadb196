namespace AutoDiff;

/// <summary>A linear map that depends on a point, as graph: what is made of it is split by dependence on the tangent.</summary>
/// <remarks>For points of one set of shapes; the map's function is called once. Plans of the graphs (<see cref="Executable.Of"/>) serve any point: the residuals are computed once for each.</remarks>
public sealed class LinearParts
{
    private readonly Input[] _point;
    private readonly Input[] _tangents;
    private readonly Tensor[] _results;

    private LinearParts(Input[] point, Input[] tangents, Tensor[] results) => (_point, _tangents, _results) = (point, tangents, results);

    /// <summary>How many tangents a batch may have so that what is computed of them stays in this machine's cache, 4 to 32.</summary>
    public int Rows => UnitBlock.Rows(Largest(_results, _tangents));

    /// <summary>The parts of (point, tangent) → product at points of the shapes of <paramref name="like"/>.</summary>
    /// <param name="product">A function that is linear in the tangent, as <see cref="Transforms.Hvp{T}(Func{T, Tensor}, T, T)"/> of a loss is.</param>
    /// <param name="like">A point; its values do not matter.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public static LinearParts Of<TIn, TOut>(Func<TIn, TIn, TOut> product, TIn like, string operation = nameof(LinearParts))
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(like, operation);
        return Of(product, like, like, operation);
    }

    /// <summary>The same where tangents are of another kind than points: a part of them, or a result's cotangent.</summary>
    /// <param name="product">A function that is linear in the tangent.</param>
    /// <param name="like">A point; its values do not matter.</param>
    /// <param name="tangent">A tangent; its values do not matter.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public static LinearParts Of<TIn, TTangent, TOut>(
        Func<TIn, TTangent, TOut> product,
        TIn like,
        TTangent tangent,
        string operation = nameof(LinearParts)
    )
        where TIn : ITensorTree<TIn>
        where TTangent : ITensorTree<TTangent>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(product, operation);
        Require.NotNull(like, operation);
        Require.NotNull(tangent, operation);
        var settled = Settled<Pair<TIn, TTangent>, TOut>.Required(operation, pair => product(pair.First, pair.Second), new(like, tangent));
        var point = TreeMath.Leaves(like).Length;
        return new(settled.Inputs[..point], settled.Inputs[point..], settled.Outputs);
    }

    /// <summary>A tangent's leaves → the product's leaves.</summary>
    public SplitGraph Product() => SplitGraph.Of(_point, _tangents, _results);

    /// <summary>The products with all unit directions, those of one leaf or of several small ones at a time: what is 0 for all of them is not multiplied.</summary>
    /// <param name="most">The most directions in a batch.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public IReadOnlyList<UnitProducts> Units(int most)
    {
        Require.That(most > 0, $"[LinearParts.Units] got batches of {most}; expected at least 1");
        return [.. UnitBlock.Of(_tangents.Select(tangent => tangent.Shape.Size)).Select(block => Units(block, block.RowsOf(most)))];
    }

    /// <summary>A batch [size, …] of each of a tangent's leaves → the products' leaves, likewise.</summary>
    public SplitGraph Batched(int size)
    {
        var batches = Array.ConvertAll(_tangents, tangent => new Input(tangent.Shape.Insert(0, size), "tangents"));
        return SplitGraph.Of(_point, batches, Batching.Rewrite(_results, _tangents, batches, size));
    }

    private UnitProducts Units(UnitBlock block, int rows)
    {
        var positions = new Input([rows], "positions");
        var results = Batching.Rewrite(_results, _tangents, block.Batches(_tangents, positions), rows);
        return new(
            block.Start,
            block.Size,
            rows,
            SplitGraph.Of(_point, [positions], results, rows == block.Size ? [Tensor.Range(rows)] : null)
        );
    }

    /// <summary>The most elements that a node has which depends on the inputs.</summary>
    internal static int Largest(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs)
    {
        using var order = new Numbering();
        Walk.Number(order, inputs, [.. outputs]);
        var depending = Walk.DependingOn(inputs, order);
        var largest = 0;
        for (var id = 0; id < depending.Length; id++)
            largest = depending[id] ? Math.Max(largest, order[id].Shape.Size) : largest;
        return largest;
    }

    /// <summary>The residuals of outputs whose inputs are the only ones that they depend on; null where they depend on another, or on what is being differentiated.</summary>
    internal static List<Tensor>? SettledResiduals(Tensor[] outputs, IReadOnlyList<Tensor> inputs)
    {
        using var order = new Numbering();
        Walk.Number(order, [], outputs);
        return Evaluation.IsSettled(order.Nodes, inputs) ? Residuals.Of(order, inputs) : null;
    }
}
