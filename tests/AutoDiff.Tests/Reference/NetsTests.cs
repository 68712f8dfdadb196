using System.Text.Json;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Small nets against PyTorch: value, gradient, Hessian-vector product and all eigenvalues.</summary>
public class NetsTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ReferenceData.Read("nets.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueGradientHvpAndEigenvaluesEqualPyTorch(int number)
    {
        var net = ReferenceData.Read("nets.json")[number];
        var loss = Loss(net);
        Tensor point = net.GetProperty("parameters").Numbers();
        Tensor vector = net.GetProperty("vector").Numbers();
        var (value, gradient) = ValueAndGrad(loss, point);
        ReferenceData.AssertClose([net.GetProperty("value").GetDouble()], value.ToArray(), 1e-12, "value");
        ReferenceData.AssertClose(net.GetProperty("gradient").Numbers(), gradient.ToArray(), 1e-10, "gradient");
        ReferenceData.AssertClose(net.GetProperty("hvp").Numbers(), Hvp(loss, point, vector).ToArray(), 1e-10, "hvp");
        var size = point.Shape[0];
        var eigen = AutoDiff.Numerics.SymmetricEigen.Decompose(Hessian(loss, point).ToArray(), size);
        ReferenceData.AssertClose(net.GetProperty("eigenvalues").Numbers(), eigen.Eigenvalues.AsSpan(), 1e-10, "eigenvalues");
        var compiled = Compile((Tensor x) => Grad(loss, x)).Invoke(point);
        ReferenceData.AssertClose(gradient.ToArray(), compiled.ToArray(), 1e-14, "compiled gradient");
    }

    /// <summary>Dense layers of weights [in, out], each followed by its bias, in one vector.</summary>
    private static Func<Tensor, Tensor> Loss(JsonElement net)
    {
        var sizes = net.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var inputs = net.GetProperty("inputs").Matrix();
        var crossEntropy = net.GetProperty("loss").GetString() == "cross_entropy";
        Tensor targets = crossEntropy ? net.GetProperty("targets").Numbers() : net.GetProperty("targets").Matrix();
        var activation = Activation(net.GetProperty("activation").GetString()!);
        var l2 = net.GetProperty("l2").GetDouble();
        return parameters =>
        {
            var (h, offset) = (inputs, 0);
            for (var layer = 0; layer + 1 < sizes.Length; layer++)
            {
                var (rows, columns) = (sizes[layer], sizes[layer + 1]);
                var weight = Reshape(Slice(parameters, 0, offset, offset += rows * columns), rows, columns);
                h = MatMul(h, weight) + Slice(parameters, 0, offset, offset += columns);
                h = layer + 2 < sizes.Length ? activation(h) : h;
            }
            var fit = crossEntropy ? -Mean(Gather(LogSoftmax(h), targets, 1, 1)) : Mean(Square(h - targets));
            return fit + (0.5 * l2 * Sum(Square(parameters)));
        };
    }

    private static Func<Tensor, Tensor> Activation(string name) =>
        name switch
        {
            "tanh" => Tanh,
            "sigmoid" => Sigmoid,
            "softplus" => Softplus,
            "gelu" => Gelu,
            "silu" => Silu,
            "relu" => Relu,
            "elu" => x => Elu(x),
            "linear" => x => x,
            _ => throw new ArgumentException($"no activation is called {name}"),
        };
}
