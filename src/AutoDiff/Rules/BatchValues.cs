using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>The values of one node in every example of a batch: all their elements, or what they are made of where that is less.</summary>
internal abstract record BatchValues
{
    private BatchValues() { }

    /// <summary>All elements [size, …] for a node of the given shape.</summary>
    public abstract Tensor Values(Shape shape, int size);

    /// <summary>All elements.</summary>
    /// <param name="Elements">[size, …].</param>
    public sealed record Whole(Tensor Elements) : BatchValues
    {
        /// <inheritdoc/>
        public override Tensor Values(Shape shape, int size) => Elements;
    }

    /// <summary>0 in every example.</summary>
    public sealed record Zeros : BatchValues
    {
        /// <inheritdoc/>
        public override Tensor Values(Shape shape, int size) => Tensor.Zeros(shape.Insert(0, size));
    }

    /// <summary>A single 1 among zeros.</summary>
    /// <param name="Positions">[size]: the place of the 1, counted in row-major order.</param>
    public sealed record Units(Tensor Positions) : BatchValues
    {
        /// <inheritdoc/>
        public override Tensor Values(Shape shape, int size) => ReshapeTo(OneHot(Positions, shape.Size), shape.Insert(0, size));
    }

    /// <summary>Matrices of rank one, a column [m] times a row [n] each: what a unit matrix is, and stays in its first products.</summary>
    /// <remarks>Where a unit vector is 0 so is the matrix, also beside what is not finite: that spoils no element that it is not in.</remarks>
    public sealed record Dyads(Vectors Columns, Vectors Rows) : BatchValues
    {
        /// <summary>Unit matrices [m, n].</summary>
        public static Dyads Of(Units units, Shape matrix)
        {
            var row = Floor(units.Positions / matrix[1]);
            return new(new(row, matrix[0], AreUnit: true), new(units.Positions - (matrix[1] * row), matrix[1], AreUnit: true));
        }

        /// <inheritdoc/>
        public override Tensor Values(Shape shape, int size)
        {
            var (columns, rows) = (ExpandDims(Columns.Elements, 2), ExpandDims(Rows.Elements, 1));
            return Rows.AreUnit ? Where(rows, columns, 0)
                : Columns.AreUnit ? Where(columns, rows, 0)
                : columns * rows;
        }

        /// <summary>The transposed matrices [n, m].</summary>
        public Dyads Transposed => new(Rows, Columns);

        /// <summary>The products with a matrix [n, k] on their right.</summary>
        public Dyads Times(Tensor matrix) => this with { Rows = Rows.Times(matrix) };

        /// <summary>The sums over axes of the matrices, at least one.</summary>
        public Tensor Sum(Ints axes) =>
            axes.Count == 2 ? Ops.Sum(Columns.Elements, 1) * Ops.Sum(Rows.Elements, 1)
            : axes[0] == 0 ? Rows.Scaled(Ops.Sum(Columns.Elements, 1))
            : Columns.Scaled(Ops.Sum(Rows.Elements, 1));

        /// <summary>The elementwise products with a matrix [m, n], or quotients by it: of rank one where a column or row is a unit vector, else null.</summary>
        public Dyads? Scaled(Op op, Tensor matrix) =>
            Rows.AreUnit
                ? this with
                {
                    Columns = new(Apply.Of(op, Columns.Elements, Rows.Times(MatrixRules.SwapLast(matrix)).Elements), Columns.Length),
                }
            : Columns.AreUnit ? this with { Rows = new(Apply.Of(op, Rows.Elements, Columns.Times(matrix).Elements), Rows.Length) }
            : null;
    }

    /// <summary>Sums of matrices and of others that have rank one, apart: the next product costs less for these.</summary>
    /// <param name="Matrices">[size, m, n].</param>
    /// <param name="Products">Those of rank one.</param>
    public sealed record Sums(Tensor Matrices, Dyads Products) : BatchValues
    {
        /// <inheritdoc/>
        public override Tensor Values(Shape shape, int size) => Matrices + Products.Values(shape, size);
    }

    /// <summary>A vector in every example.</summary>
    /// <param name="Stored">The elements [size, length]; of unit vectors the positions [size] of their ones.</param>
    /// <param name="Length">The number of elements.</param>
    /// <param name="AreUnit">Whether they are unit vectors.</param>
    internal sealed record Vectors(Tensor Stored, int Length, bool AreUnit = false)
    {
        /// <summary>[size, length].</summary>
        public Tensor Elements { get; } = AreUnit ? OneHot(Stored, Length) : Stored;

        /// <summary>The vectors [size, length], each times a number of its own [size].</summary>
        public Tensor Scaled(Tensor factors) => AreUnit ? Where(Elements, ExpandDims(factors, 1), 0) : Elements * ExpandDims(factors, 1);

        /// <summary>Each, as a row, times a matrix [length, k].</summary>
        public Vectors Times(Tensor matrix) =>
            new(AreUnit ? Apply.Of(new Op.Gather(0), matrix, Stored) : MatMul(Stored, matrix), matrix.Shape[1]);
    }
}
