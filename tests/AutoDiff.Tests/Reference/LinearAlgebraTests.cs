using System.Text.Json;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Linear algebra against PyTorch: values, gradients and Hessian-vector products; a Gaussian process's log-likelihood against mpmath too.</summary>
public sealed class LinearAlgebraTests
{
    private static readonly Dictionary<string, Func<TreeList<Tensor>, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["Cholesky"] = x => Cholesky(x[0]),
        ["Solve"] = x => Solve(x[0], x[1]),
        ["Inverse"] = x => Inverse(x[0]),
        ["Determinant"] = x => Determinant(x[0]),
        ["LogDeterminant"] = x => LogDeterminant(x[0]).LogMagnitude,
        ["Kronecker"] = x => Kronecker(x[0], x[1]),
        ["Trace"] = x => Ops.Trace(x[0]),
        ["LogLikelihood"] = LogLikelihood,
    };

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, ReferenceData.Read("linear_algebra.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Values_gradients_and_products_are_pytorchs(int at)
    {
        var row = ReferenceData.Read("linear_algebra.json")[at];
        var name = row.GetProperty("name").GetString()!;
        var (function, x) = (Function(name), Tensors(row, "inputs"));
        var weights = Tensors(row, "weights")[0];
        Tensor Loss(TreeList<Tensor> point) => Sum(weights * function(point));
        var tolerance = name == "LogLikelihood" ? 1e-11 : 1e-12;
        ReferenceData.AssertClose(Tensors(row, "value")[0].ToArray(), function(x).ToArray(), tolerance, name);
        Close("gradient", Grad<TreeList<Tensor>>(Loss)(x));
        Close("products", Hvp<TreeList<Tensor>>(Loss)(x, Tensors(row, "directions")));
        Close("products", Compile((TreeList<Tensor> point) => Hvp<TreeList<Tensor>>(Loss)(point, Tensors(row, "directions"))).Invoke(x));

        void Close(string what, TreeList<Tensor> actual)
        {
            foreach (var (expected, found) in Tensors(row, what).Zip(actual))
                ReferenceData.AssertClose(expected.ToArray(), found.ToArray(), 10 * tolerance, $"{name}, {what}");
        }
    }

    private static Func<TreeList<Tensor>, Tensor> Function(string name) =>
        name.Split(' ') is [_, var upper, var transposed, var unit]
            ? x => TriangularSolve(x[0], x[1], bool.Parse(upper), bool.Parse(transposed), bool.Parse(unit))
            : Functions[name];

    /// <summary>Of points [n, d], targets [n], and the logarithms of lengthscale, variance and noise.</summary>
    private static Tensor LogLikelihood(TreeList<Tensor> x)
    {
        var (points, targets, p) = (x[0], x[1], Exp(x[2]));
        var squares = Sum(Square(ExpandDims(points, 1) - points), -1);
        var kernel = Take(p, 0, 1) * Exp(-squares / (2 * Square(Take(p, 0, 0))));
        var factor = Cholesky(kernel + (Take(p, 0, 2) * Tensor.Eye(targets.Shape[0])));
        var whitened = TriangularSolve(factor, targets);
        return (-0.5 * (Dot(whitened, whitened) + (targets.Shape[0] * Math.Log(2 * Math.PI)))) - Sum(Log(Diagonal(factor)));
    }

    private static TreeList<Tensor> Tensors(JsonElement row, string key) => new([.. row.GetProperty(key).EnumerateArray().Select(Shaped)]);

    private static Tensor Shaped(JsonElement tensor) =>
        tensor.GetProperty("shape").GetArrayLength() == 0 ? tensor.GetProperty("data")[0].GetDouble() : tensor.ShapedTensor();
}
