using AutoDiff.Curvature;
using AutoDiff.Laws;
using FsCheck;
using FsCheck.Fluent;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>An operator made of random ones of every kind, with its elements by plain loops.</summary>
/// <param name="Name">How it is made.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Elements">Its elements [m, n].</param>
/// <param name="Magnitude">A bound on the norms of all that is added up in it.</param>
internal sealed record GeneratedOperator(string Name, LinearOperator Operator, PlainMatrix Elements, double Magnitude)
{
    private const int MostSize = 9;
    private const int MostDepth = 3;

    // A composition of rows × columns, by a name.
    private static readonly (string Name, Func<Random, int, int, int, GeneratedOperator> Make)[] Any =
    [
        ("matrix", (random, rows, columns, _) => Matrix(PlainMatrix.Random(random, rows, columns))),
        ("function", (random, rows, columns, _) => Function(PlainMatrix.Random(random, rows, columns))),
        ("zero", (_, rows, columns, _) => new("0", LinearOperator.Zero(rows, columns), new(rows, columns), 0)),
        ("transpose", (random, rows, columns, depth) => Of(random, columns, rows, depth).Transposed()),
        ("scaled", (random, rows, columns, depth) => Of(random, rows, columns, depth).Scaled(random.NextDouble() - 0.5)),
        ("sum", (random, rows, columns, depth) => Of(random, rows, columns, depth).Plus(Of(random, rows, columns, depth))),
        ("difference", (random, rows, columns, depth) => Of(random, rows, columns, depth).Minus(Of(random, rows, columns, depth))),
        (
            "weighted sum",
            (random, rows, columns, depth) => Weighted(random, [.. Many(random, 1, 6, () => Of(random, rows, columns, depth))])
        ),
        ("product", Product),
        ("block", Block),
        ("direct sum", DirectSum),
    ];

    private static readonly (string Name, Func<Random, int, int, int, GeneratedOperator> Make)[] Square =
    [
        ("identity", (_, n, _, _) => new("I", LinearOperator.Identity(n), PlainMatrix.Identity(n), 1)),
        ("diagonal", (random, n, _, _) => Diagonal(PlainMatrix.Random(random, 1, n))),
        ("symmetric matrix", (random, n, _, _) => Symmetric(PlainMatrix.Random(random, n, n).Symmetrized())),
        ("low rank", (random, n, _, _) => LowRank(random, n)),
        ("Hessian", (random, n, _, _) => Hessian(random, n)),
        ("shifted", (random, n, _, depth) => Of(random, n, n, depth).Shifted(random.NextDouble() - 0.5)),
        ("Gram", (random, n, _, depth) => Of(random, random.Next(MostSize), n, depth).Gram()),
        ("sandwich", (random, n, _, depth) => Sandwich(random, n, depth)),
        ("symmetrized", (random, n, _, depth) => Of(random, n, n, depth).Symmetrized()),
        ("blocks on the diagonal", BlockDiagonal),
    ];

    /// <summary>The kinds' names.</summary>
    public static IEnumerable<string> Kinds => Any.Concat(Square).Select(kind => kind.Name);

    /// <summary>An operator of a kind, whose parts are of any; of a seed always the same.</summary>
    public static GeneratedOperator Of(string kind, int seed)
    {
        var random = new Random(seed);
        var row = Any.Concat(Square).Single(row => row.Name == kind);
        var rows = random.Next(MostSize);
        return row.Make(random, rows, Square.Contains(row) ? rows : random.Next(MostSize), MostDepth);
    }

    /// <summary>A symmetric operator of any kind, of at least one row.</summary>
    public static GeneratedOperator OfSymmetric(Random random, int size) => Of(random, size, size, MostDepth).Symmetrized();

    /// <summary>Operators of a kind.</summary>
    public static Arbitrary<GeneratedOperator> All(string kind) => Arb.From(Gen.Choose(1, 1_000_000).Select(seed => Of(kind, seed)));

    /// <summary>The operator as a case of public laws.</summary>
    public OperatorCase Case => new(Name, Operator, Seed: 1, Magnitude);

    /// <summary>Name and size.</summary>
    public override string ToString() => $"{Name} [{Operator.Rows},{Operator.Size}]";

    private static GeneratedOperator Of(Random random, int rows, int columns, int depth)
    {
        // The first kinds have no parts.
        var any = depth == 0 ? Any.Take(3) : Any;
        var square = depth == 0 ? Square.Take(5) : Square;
        var kinds = (rows == columns ? any.Concat(square) : any).ToArray();
        return kinds[random.Next(kinds.Length)].Make(random, rows, columns, depth - 1);
    }

    private static IEnumerable<T> Many<T>(Random random, int least, int most, Func<T> make) =>
        Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make());

    private static GeneratedOperator Leaf(string name, LinearOperator a, PlainMatrix elements) => new(name, a, elements, elements.Norm);

    private static GeneratedOperator Matrix(PlainMatrix a) => Leaf("M", MatrixOperator.Of(a.Elements, a.Rows, a.Columns), a);

    private static GeneratedOperator Symmetric(PlainMatrix a) => Leaf("S", MatrixOperator.Of(a.Elements, a.Rows), a);

    private static GeneratedOperator Diagonal(PlainMatrix d) =>
        Leaf("D", DiagonalOperator.Of(d.Elements), PlainMatrix.Diagonal(d.Elements));

    private static GeneratedOperator Function(PlainMatrix a) =>
        Leaf(
            "f",
            LinearOperator.Of(
                a.Rows,
                a.Columns,
                (x, y) => a.Times(PlainMatrix.Column(x)).Elements.CopyTo(y),
                (x, y) => a.Transposed().Times(PlainMatrix.Column(x)).Elements.CopyTo(y)
            ),
            a
        );

    private static GeneratedOperator LowRank(Random random, int n)
    {
        var rank = random.Next(4);
        var (d, u) = (PlainMatrix.Random(random, 1, n), PlainMatrix.Random(random, rank, n));
        var core = PlainMatrix.Random(random, rank, rank).Symmetrized();
        return Leaf(
            "L",
            LowRankOperator.Of(d.Elements, u.Elements, rank, core.Elements),
            PlainMatrix.Diagonal(d.Elements).Plus(u.Transposed().Times(core).Times(u), 1, 1)
        );
    }

    private static GeneratedOperator Hessian(Random random, int n)
    {
        // Of ½·Σ(m·x)ₖ² + Σ xᵢ⁴ at x: mᵀm + 12·diag(x²).
        var (m, point) = (PlainMatrix.Random(random, 3, n), PlainMatrix.Random(random, 1, n));
        Tensor Loss(Tensor x) => (0.5 * Sum(Square(MatMul(Tensor.Of(m.Elements, 3, n), x)))) + Sum(Square(Square(x)));
        var squares = point.Elements.Select(x => 12 * x * x).ToArray();
        return Leaf(
            "H",
            HessianOperator.Of(Loss, Tensor.Of(point.Elements, n)),
            m.Transposed().Times(m).Plus(PlainMatrix.Diagonal(squares), 1, 1)
        );
    }

    private static GeneratedOperator Weighted(Random random, GeneratedOperator[] parts)
    {
        var weights = PlainMatrix.Random(random, 1, parts.Length).Elements;
        var elements = new PlainMatrix(parts[0].Elements.Rows, parts[0].Elements.Columns);
        for (var i = 0; i < parts.Length; i++)
            elements = elements.Plus(parts[i].Elements, 1, weights[i]);
        return new(
            $"Σ({string.Join(", ", parts.Select(part => part.Name))})",
            LinearOperator.Sum([.. parts.Select(part => part.Operator)], weights),
            elements,
            parts.Sum(part => part.Magnitude)
        );
    }

    private static GeneratedOperator Product(Random random, int rows, int columns, int depth)
    {
        var inner = random.Next(MostSize);
        var (a, b) = (Of(random, rows, inner, depth), Of(random, inner, columns, depth));
        return new($"{a.Name}·{b.Name}", a.Operator.Times(b.Operator), a.Elements.Times(b.Elements), a.Magnitude * b.Magnitude);
    }

    private static GeneratedOperator Sandwich(Random random, int n, int depth)
    {
        var inner = random.Next(MostSize);
        var (a, b) = (Of(random, inner, inner, depth), Of(random, inner, n, depth));
        return new(
            $"sandwich({a.Name}, {b.Name})",
            a.Operator.Sandwich(b.Operator),
            b.Elements.Transposed().Times(a.Elements).Times(b.Elements),
            b.Magnitude * a.Magnitude * b.Magnitude
        );
    }

    private static GeneratedOperator Block(Random random, int rows, int columns, int depth)
    {
        var whole = Of(random, rows + random.Next(3), columns + random.Next(3), depth);
        var (top, left) = (Positions(random, whole.Elements.Rows, rows), Positions(random, whole.Elements.Columns, columns));
        return new($"block({whole.Name})", whole.Operator.Block(Set(top), Set(left)), whole.Elements.Picked(top, left), whole.Magnitude);
    }

    private static GeneratedOperator DirectSum(Random random, int rows, int columns, int depth)
    {
        var (m, n) = (random.Next(rows + 1), random.Next(columns + 1));
        var (a, b) = (Of(random, m, n, depth), Of(random, rows - m, columns - n, depth));
        return new(
            $"{a.Name} ⊕ {b.Name}",
            LinearOperator.DirectSum(a.Operator, b.Operator),
            a.Elements.Beside(b.Elements),
            a.Magnitude + b.Magnitude
        );
    }

    private static GeneratedOperator BlockDiagonal(Random random, int n, int columns, int depth)
    {
        var whole = Of(random, n + 2, n + 2, depth);
        var (positions, first) = (Positions(random, n + 2, n), random.Next(n + 1));
        var (one, two) = (positions[..first], positions[first..]);
        return new(
            $"blocks({whole.Name})",
            whole.Operator.BlockDiagonal(Set(one), Set(two)),
            whole.Elements.Picked(one, one).Beside(whole.Elements.Picked(two, two)),
            whole.Magnitude
        );
    }

    /// <summary>Some of the positions below a number, in any order.</summary>
    internal static int[] Positions(Random random, int below, int count)
    {
        var positions = Enumerable.Range(0, below).ToArray();
        random.Shuffle(positions);
        return positions[..count];
    }

    /// <summary>The set of positions in their order.</summary>
    internal static IndexSet Set(int[] positions) => IndexSet.Of([.. positions.Select(i => i..(i + 1))]);

    private GeneratedOperator Transposed() => new($"({Name})ᵀ", Operator.Transpose(), Elements.Transposed(), Magnitude);

    private GeneratedOperator Scaled(double s) => new($"s·({Name})", Operator.Scale(s), Elements.Plus(Elements, s, 0), Magnitude);

    private GeneratedOperator Shifted(double s) =>
        new($"({Name} + σ)", Operator.Shift(s), Elements.Plus(PlainMatrix.Identity(Elements.Rows), 1, s), Magnitude + 1);

    private GeneratedOperator Plus(GeneratedOperator b) =>
        new($"({Name} + {b.Name})", Operator.Plus(b.Operator), Elements.Plus(b.Elements, 1, 1), Magnitude + b.Magnitude);

    private GeneratedOperator Minus(GeneratedOperator b) =>
        new($"({Name} − {b.Name})", Operator.Minus(b.Operator), Elements.Plus(b.Elements, 1, -1), Magnitude + b.Magnitude);

    private GeneratedOperator Gram() => new($"Gram({Name})", Operator.Gram(), Elements.Transposed().Times(Elements), Magnitude * Magnitude);

    private GeneratedOperator Symmetrized() => new($"sym({Name})", Operator.Symmetrized(), Elements.Symmetrized(), Magnitude);
}
