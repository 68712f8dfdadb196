namespace AutoDiff;

/// <summary>Shapes of functions of whole matrices: [batch…, rows, columns] with equal batch axes, which the result keeps.</summary>
internal static class MatrixShapes
{
    /// <summary>The result's shape, or an error.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit.</exception>
    public static Shape Infer(Op.Matrix op, ReadOnlySpan<Tensor> x)
    {
        var row = MatrixFunctions.Of(op.Function);
        var first = x[0].Shape;
        var fits = true;
        foreach (var argument in x)
            fits &= argument.Rank >= 2 && argument.Rank == first.Rank && argument.Shape.AsSpan()[..^2].SequenceEqual(first.AsSpan()[..^2]);
        var core = fits ? row.Result(Sizes(x)) : null;
        Require.That(core is not null, $"[{op.Name}] got {Shapes(x)}; expected {row.Expected}");
        return Shape.Result(op.Name, [.. first.AsSpan()[..^2], .. core], [.. x.ToArray().Select(argument => argument.Shape)]);
    }

    /// <summary>The last axes of a node's result, those of one matrix of each argument.</summary>
    public static int[] Core(MatrixRow row, Apply node) => row.Result(Sizes(node.Arguments))!;

    private static MatrixSize[] Sizes(ReadOnlySpan<Tensor> x)
    {
        var sizes = new MatrixSize[x.Length];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = new(x[i].Shape[-2], x[i].Shape[-1]);
        return sizes;
    }

    private static string Shapes(ReadOnlySpan<Tensor> x) => string.Join(", ", x.ToArray().Select(argument => argument.Shape));
}
