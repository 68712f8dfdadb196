using static AutoDiff.Ops;
using static AutoDiff.Tests.ReferenceData;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Graphs;

/// <summary>Decompositions where laws at generic points do not reach: repeated and vanishing values, low rank, sizes that take other ways, what is not finite.</summary>
public sealed class SpectraTests
{
    private static readonly Tensor Direction = Tensor.Of([0.5, 1, -0.25, 1, -0.75, 0.5, -0.25, 0.5, 1.25], 3, 3);
    private static readonly Tensor Uneven = Tensor.Of([0.5, 1, -0.25, 2, -0.75, 0.5, -1.25, 0.25, 1.25], 3, 3);

    [Fact]
    public void The_exponential_has_its_derivatives_at_repeated_and_nearly_equal_eigenvalues()
    {
        var data = Read("spectra.json");
        Tensor[] along = [.. data.GetProperty("directions").EnumerateArray().Select(e => Tensor.Of(e.Numbers(), 3, 3))];
        foreach (var row in data.GetProperty("exponentials").EnumerateArray())
        {
            var a = Tensor.Of(row.GetProperty("elements").Numbers(), 3, 3);
            var expected = row.GetProperty("derivatives").EnumerateArray().Select(x => x.Numbers()).ToArray();
            Func<Tensor, Tensor> f = MatrixExponential;
            for (var k = 0; k < expected.Length; k++)
            {
                AssertClose(expected[k], f(a).ToArray(), 1e-14, $"{row.GetProperty("matrix")}, order {k}");
                var (function, direction) = (f, along[Math.Min(k, along.Length - 1)]);
                f = x => Jvp(function, x, direction).Tangent;
            }
        }
    }

    [Fact]
    public void Symmetric_functions_of_equal_eigenvalues_have_their_gradient()
    {
        var gradient = Grad(x => Sum(Exp(Eigh(x).Values)), 2 * Tensor.Eye(3));
        AssertClose([.. (Math.Exp(2) * Tensor.Eye(3)).ToArray()], gradient.ToArray(), 1e-15, "Σ exp λ");
    }

    /// <summary>P = v₁v₁ᵀ + v₂v₂ᵀ for λ = 1, 1, 3: dP = Σ (Pᵢ·E·Pⱼ + …)/(λᵢ − λⱼ) over the pair and the third.</summary>
    [Fact]
    public void The_projector_on_a_repeated_eigenvalues_vectors_has_its_derivative()
    {
        Tensor Projector(Tensor x) => Slice(Eigh(x).Vectors, 1, 0, 2) is var v ? MatMul(v, Transpose(v)) : v;
        var tangent = Jvp<Tensor, Tensor>(Projector, DiagonalMatrix(Tensor.Of([1, 1, 3])), Direction).Tangent;
        AssertClose([0, 0, 0.125, 0, 0, -0.25, 0.125, -0.25, 0], tangent.ToArray(), 1e-15, "dP");
    }

    [Fact]
    public void Vectors_of_equal_eigenvalues_have_finite_derivatives_that_keep_them_orthonormal()
    {
        var a = DiagonalMatrix(Tensor.Of([1, 1, 3]));
        var (v, dv) = (Eigh(a).Vectors, Jvp<Tensor, Tensor>(x => Eigh(x).Vectors, a, Direction).Tangent);
        var turn = MatMul(Transpose(v), dv).ToArray();
        AssertClose([0, 0, -0.125, 0, 0, 0.25, 0.125, -0.25, 0], turn, 1e-15, "VᵀdV");
        Assert.All(
            Hvp<Tensor>(x => Sum(Square(Take(Eigh(x).Vectors, 0, 0))), Tensor.Eye(3), Direction).ToArray(),
            x => Assert.True(double.IsFinite(x))
        );
    }

    /// <summary>In float, eigenvalues are equal to its own rounding: 1 + 10⁻⁸ is 1.</summary>
    [Fact]
    public void Equal_to_rounding_is_that_of_the_precision()
    {
        Tensor Turn(Tensor x) => Jvp<Tensor, Tensor>(y => Eigh(y).Vectors, x, Direction).Tangent;
        var a = DiagonalMatrix(Tensor.Of([1, 1 + 1e-7, 3]));
        Assert.True(Turn(a).ToArray().Max(Math.Abs) > 1e6);
        var single = Compile<float, Tensor, Tensor>(Turn);
        Assert.True(single.Invoke(a).ToArray().Max(Math.Abs) < 1);
    }

    [Fact]
    public void The_polar_factor_has_its_derivative_at_equal_singular_values()
    {
        Tensor Polar(Tensor x) => Svd(x) is var (u, _, v) ? MatMul(u, Transpose(v)) : x;
        var tangent = Jvp<Tensor, Tensor>(Polar, 2 * Tensor.Eye(3), Uneven).Tangent;
        AssertClose((0.25 * (Uneven - Transpose(Uneven))).ToArray(), tangent.ToArray(), 1e-15, "the skew part over σ");
    }

    [Fact]
    public void The_sum_of_equal_singular_values_has_the_polar_factor_as_gradient()
    {
        var (q, _) = QR(Uneven + (4 * Tensor.Eye(3)));
        AssertClose(q.ToArray(), Grad(x => Sum(Svd(x).S), 3 * q).ToArray(), 1e-14, "UVᵀ");
    }

    [Fact]
    public void The_pseudoinverse_has_its_derivatives_at_equal_singular_values()
    {
        var square = MatMul(Uneven, Uneven);
        Tensor First(Tensor x) => Jvp<Tensor, Tensor>(PseudoInverse, x, Uneven).Tangent;
        AssertClose((-Uneven).ToArray(), First(Tensor.Eye(3)).ToArray(), 1e-14, "−E");
        AssertClose((2 * square).ToArray(), Jvp<Tensor, Tensor>(First, Tensor.Eye(3), Uneven).Tangent.ToArray(), 1e-14, "2E²");
    }

    [Fact]
    public void Zero_singular_values_leave_derivatives_finite()
    {
        foreach (var a in new[] { Tensor.Zeros([3, 2]), Tensor.Full(1, [3, 2]), Tensor.Zeros([2, 2]) })
        {
            var gradient = Grad(x => Svd(x) is var (u, s, v) ? Sum(u) + Sum(s) + Sum(v) : x, a);
            Assert.All(gradient.ToArray(), x => Assert.True(double.IsFinite(x)));
        }
    }

    [Fact]
    public void Plans_agree_with_the_reference_at_sizes_that_take_other_ways()
    {
        var key = Key.Of(3);
        foreach (var (m, n) in new[] { (12, 12), (24, 18), (18, 24) })
        {
            var a = key.FoldIn((ulong)m).Normal([m, n]);
            var square = m == n ? a : MatMul(Transpose(a), a) * (1.0 / m);
            Check("QR", a, x => QR(x) is var (q, r) ? Sum(MatMul(q, r) * a) + Sum(Square(Slice(r, 0, 0, 1))) : x);
            Check("Eigh", square, x => Sum(Exp(0.1 * Eigh(x).Values)));
            Check("Svd", a, x => Svd(x) is var (u, s, v) ? Sum(MatMul(u * s, Transpose(v)) * a) + Sum(s) : x);
            Check("PseudoInverse", a, x => Sum(PseudoInverse(x)));
            Check("MatrixExponential", 0.2 * square, x => Sum(MatrixExponential(x)));
        }

        static void Check(string what, Tensor at, Func<Tensor, Tensor> f)
        {
            var x = new Input(at.Shape, "x");
            var graph = Graph.Of([x], [f(x)]);
            var (fast, plain) = (f(at).ToArray(), Reference.Evaluate(graph, [at.ToArray()])[0]);
            AssertClose(plain, fast, 1e-10, $"{what} {at.Shape}");
        }
    }

    [Fact]
    public void What_is_not_finite_spoils_its_own_matrix_only()
    {
        var a = Stack([Uneven, Tensor.Full(double.NaN, [3, 3]), Direction, Tensor.Full(double.PositiveInfinity, [3, 3])]);
        foreach (
            var f in new Func<Tensor, Tensor>[]
            {
                x => QR(x).Q,
                x => QR(x).R,
                x => Eigh(x).Values,
                x => Eigh(x).Vectors,
                x => Svd(x).U,
                x => Svd(x).S,
                x => Svd(x).V,
                PseudoInverse,
                MatrixExponential,
                x => LeastSquares(x, Tensor.Full(1, [3, 1])),
            }
        )
        {
            var y = f(a);
            for (var i = 0; i < 4; i++)
            {
                var one = Take(y, 0, i).ToArray();
                if (i % 2 == 0)
                    Assert.Equal(f(i == 0 ? Uneven : Direction).ToArray(), one);
                else
                    Assert.All(one, x => Assert.True(double.IsNaN(x)));
            }
        }
    }

    [Fact]
    public void Least_squares_of_full_rank_are_those_of_the_table_either_way()
    {
        var expected = Read("spectra.json").GetProperty("least squares").GetProperty("solution").Numbers();
        var a = Tensor.Of([1.875, 1, 1, -1.875, 0.5, 0.25], 3, 2);
        var b = Tensor.Of([3, -1, 1]);
        AssertClose(expected, LeastSquares(a, b).ToArray(), 1e-15, "by QR");
        AssertClose(expected, LeastSquares(a, b, rankDeficient: true).ToArray(), 1e-15, "by the pseudoinverse");
    }

    [Fact]
    public void Least_squares_of_low_rank_are_of_least_norm_and_leave_the_least_residual()
    {
        var a = Tensor.Of([1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5, 1, 1.5], 4, 3);
        var b = Tensor.Of([1, 0, 2, -1]);
        var x = LeastSquares(a, b, rankDeficient: true);
        Assert.True(MatMul(Transpose(a), MatMul(a, x) - b).ToArray().Max(Math.Abs) < 1e-13);
        var values = x.ToArray();
        AssertClose([1, 2, 3], [.. values.Select(value => value / values[0])], 1e-14, "a multiple of the only row");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_name()
    {
        Assert.Contains("[QR] got [3]", Refused(() => QR(Tensor.Of([1, 2, 3]))));
        Assert.Contains("[Eigh] got [2,3]", Refused(() => Eigh(Tensor.Zeros([2, 3]))));
        Assert.Contains("[Svd] got []", Refused(() => Svd(1)));
        Assert.Contains("[PseudoInverse] got [2]", Refused(() => PseudoInverse(Tensor.Zeros([2]))));
        Assert.Contains("[MatrixExponential] got [3,2]", Refused(() => MatrixExponential(Tensor.Zeros([3, 2]))));
        Assert.Contains("[LeastSquares] got [3,2] and [2]", Refused(() => LeastSquares(Tensor.Zeros([3, 2]), Tensor.Zeros([2]))));
        Assert.Contains("[LeastSquares]", Refused(() => LeastSquares(Tensor.Zeros([2, 3, 2]), Tensor.Zeros([4, 3, 1]))));

        static string Refused(Action call) => Assert.Throws<ArgumentException>(call).Message;
    }
}
