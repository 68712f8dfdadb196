using System.Text.Json;
using AutoDiff.Nets;
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
    private static Func<Tensor, Tensor> Loss(JsonElement reference)
    {
        var sizes = reference.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var activation = ActivationOf(reference.GetProperty("activation").GetString()!);
        var net = Net.Of([sizes[0]], [.. sizes[1..^1].SelectMany(units => (Layer[])[new Dense(units), activation]), new Dense(sizes[^1])]);
        var like = net.Init(Key.Of(0));
        var inputs = reference.GetProperty("inputs").Matrix();
        var crossEntropy = reference.GetProperty("loss").GetString() == "cross_entropy";
        Tensor targets = crossEntropy ? reference.GetProperty("targets").Numbers() : reference.GetProperty("targets").Matrix();
        var l2 = reference.GetProperty("l2").GetDouble();
        return vector =>
        {
            var parameters = TreeMath.Unravel(like, vector);
            var outputs = net.Apply(parameters, inputs);
            var fit = crossEntropy ? Losses.CrossEntropy(outputs, targets) : Losses.MeanSquared(outputs, targets);
            return fit + Penalties.L2(parameters, l2);
        };
    }

    private static Activation ActivationOf(string name) =>
        name switch
        {
            "tanh" => Activation.Tanh,
            "sigmoid" => Activation.Sigmoid,
            "softplus" => Activation.Softplus(),
            "gelu" => Activation.Gelu,
            "silu" => Activation.Silu,
            "linear" => Activation.Identity,
            _ => throw new ArgumentException($"no activation is called {name}"),
        };
}
