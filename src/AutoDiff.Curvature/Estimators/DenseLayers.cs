namespace AutoDiff.Curvature;

/// <summary>The dense layers of a model, which it calls for its affine maps so that their inputs and outputs are known.</summary>
/// <remarks>A model of <see cref="KroneckerFactors"/> takes one and writes <c>layers.Dense(x, w.Weight, w.Bias)</c> for <c>MatMul(x, w.Weight) + w.Bias</c>, which is all that it computes.</remarks>
public sealed class DenseLayers
{
    private readonly TreeList<Tensor>? _added;
    private readonly List<DenseLayer> _met = [];

    internal DenseLayers(TreeList<Tensor>? added = null) => _added = added;

    internal IReadOnlyList<DenseLayer> Met => _met;

    /// <summary>x·W + b.</summary>
    /// <param name="inputs">x [examples, inputs].</param>
    /// <param name="weight">W [inputs, outputs]: a leaf of the parameters, as it is.</param>
    /// <param name="bias">b [outputs]: a leaf of the parameters, as it is; null for none.</param>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public Tensor Dense(Tensor inputs, Tensor weight, Tensor? bias = null)
    {
        const string operation = "DenseLayers.Dense";
        Require.NotNull(inputs, operation);
        Require.NotNull(weight, operation);
        Require.That(inputs.Rank == 2, $"[{operation}] got inputs {inputs.Shape}; expected [examples, inputs]");
        Require.That(weight.Rank == 2, $"[{operation}] got a weight {weight.Shape}; expected [inputs, outputs]");
        Require.That(
            bias is null || (bias.Rank == 1 && bias.Shape[0] == weight.Shape[1]),
            $"[{operation}] got a bias {bias?.Shape} beside a weight {weight.Shape}; expected one number for each output"
        );
        var outputs = Ops.MatMul(inputs, weight);
        outputs = bias is null ? outputs : outputs + bias;
        _met.Add(new(inputs, weight, bias, outputs.Shape));
        return _added is null ? outputs : outputs + _added[_met.Count - 1];
    }
}
