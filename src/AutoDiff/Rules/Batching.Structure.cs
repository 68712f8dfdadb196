namespace AutoDiff;

/// <summary>The batching rules that keep a structure: what is 0 in every example stays so, unit matrices and their first products stay of rank one.</summary>
/// <remarks>A term that is 0 whatever the direction is left out, also where its factor is infinite.</remarks>
internal static partial class Batching
{
    private sealed partial class Batched
    {
        /// <summary>A node's batch by those of its arguments, null for one that all examples share; null where no structure is kept.</summary>
        private BatchValues? Structured(Op op, Tensor[] x, BatchValues?[] batches)
        {
            if (Array.TrueForAll(batches, batch => batch is null or BatchValues.Whole))
                return null;
            if (Linearity.IsZero(op, x, batches))
                return new BatchValues.Zeros();
            return (op, batches) switch
            {
                (Op.Map(Unary.Identity) or Op.Barrier, [{ } same, ..]) => same,
                // Of rank one it may depend on the point, which a derivative would then see.
                (Op.Map(Unary.StopGradient) or Op.Reshape, [BatchValues.Units units]) => units,
                (Op.Zip(Binary.Add), [BatchValues.Zeros, { } other]) => other,
                (Op.Zip(Binary.Add or Binary.Subtract), [{ } other, BatchValues.Zeros]) => other,
                (Op.Zip(Binary.Add), [{ }, { } right]) when Dyads(right, x[1]) is { } dyads => new BatchValues.Sums(Whole(x[0]), dyads),
                (Op.Zip(Binary.Add), [{ } left, { }]) when Dyads(left, x[0]) is { } dyads => new BatchValues.Sums(Whole(x[1]), dyads),
                (_, [{ } only]) => OfOne(op, x, 0, only),
                (_, [{ } only, null]) => OfOne(op, x, 0, only),
                (_, [null, { } only]) => OfOne(op, x, 1, only),
                _ => null,
            };
        }

        /// <summary>The only batched argument is number <paramref name="i"/>.</summary>
        private BatchValues? OfOne(Op op, Tensor[] x, int i, BatchValues batch) =>
            batch is BatchValues.Sums sums
                ? Product(op, x, i, sums.Products) switch
                {
                    BatchValues.Dyads dyads => new BatchValues.Sums(With(op, x, i, sums.Matrices), dyads),
                    BatchValues.Whole(var elements) => new BatchValues.Whole(With(op, x, i, sums.Matrices) + elements),
                    _ => null,
                }
            : Dyads(batch, x[i]) is { } only ? Product(op, x, i, only)
            : null;

        private static BatchValues? Product(Op op, Tensor[] x, int i, BatchValues.Dyads dyads) =>
            op switch
            {
                Op.Transpose([1, 0]) => dyads.Transposed,
                Op.MatMul when i == 0 => dyads.Times(x[1]),
                Op.MatMul => dyads.Transposed.Times(MatrixRules.SwapLast(x[0])).Transposed,
                Op.Zip(Binary.Multiply) => dyads.Scaled(op, x[1 - i]),
                Op.Zip(Binary.Divide) when i == 0 => dyads.Scaled(op, x[1]),
                Op.Reduce(Reduction.Sum, { Count: > 0 } axes) => new BatchValues.Whole(dyads.Sum(axes)),
                _ => null,
            };

        private Tensor With(Op op, Tensor[] x, int i, Tensor batch)
        {
            var arguments = x.ToArray();
            arguments[i] = batch;
            return op.Accept(this, new(arguments, [.. x.Select((_, k) => k == i)]));
        }

        private static BatchValues.Dyads? Dyads(BatchValues batch, Tensor node) =>
            batch switch
            {
                BatchValues.Dyads dyads => dyads,
                BatchValues.Units units when node.Rank == 2 => BatchValues.Dyads.Of(units, node.Shape),
                _ => null,
            };
    }
}
