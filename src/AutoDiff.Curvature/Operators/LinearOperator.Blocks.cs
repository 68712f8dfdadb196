namespace AutoDiff.Curvature;

public abstract partial class LinearOperator
{
    /// <summary>The block of the same rows and columns, symmetric where the operator is: a layer's part of a Hessian.</summary>
    /// <param name="indices">Which rows and columns, in their order; a range, or what <see cref="ParameterBlocks"/> gives for names.</param>
    /// <inheritdoc cref="Block(IndexSet, IndexSet)"/>
    public LinearOperator Block(IndexSet indices) => Block(indices, indices);

    /// <summary>The block of some rows and some columns: a pair of layers' part of a Hessian.</summary>
    /// <param name="rows">Which rows, in their order.</param>
    /// <param name="columns">Which columns, in their order.</param>
    /// <remarks>A product is one with the whole operator, of a vector that is 0 outside the columns, of which the rows are kept.</remarks>
    /// <exception cref="ArgumentException">A position is not the operator's.</exception>
    public LinearOperator Block(IndexSet rows, IndexSet columns)
    {
        Require.NotNull(rows, "LinearOperator.Block");
        Require.NotNull(columns, "LinearOperator.Block");
        rows.RequireWithin("LinearOperator.Block", "rows", Rows);
        columns.RequireWithin("LinearOperator.Block", "columns", Size);
        return new BlockOperator(this, rows, columns);
    }

    /// <summary>The blocks on the diagonal, one after another, without what couples them: the operator's block-diagonal part where they are all its positions in order.</summary>
    /// <param name="blocks">The blocks' rows and columns.</param>
    /// <remarks>A product is one with the whole operator for each block.</remarks>
    /// <exception cref="ArgumentException">A position is not the operator's.</exception>
    public LinearOperator BlockDiagonal(params IEnumerable<IndexSet> blocks)
    {
        Require.NotNull(blocks, "LinearOperator.BlockDiagonal");
        return DirectSum([.. blocks.Select(Block)]);
    }
}
