using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>A model of dense layers as a function that gives the factors of a batch.</summary>
internal sealed record KroneckerModel<T, TBatch>(
    Func<T, TBatch, DenseLayers, Tensor> Model,
    Likelihood Likelihood,
    Func<TBatch, Tensor>? Targets
)
    where T : ITensorTree<T>
    where TBatch : ITensorTree<TBatch>
{
    private const string Operation = "KroneckerFactors";

    /// <summary>The layers' weights and biases by the places of their leaves; each leaf is in one of them, once.</summary>
    public (int Weight, int? Bias)[] Places(T like, TBatch batch)
    {
        (int, int?)[] places = [];
        _ = Transforms.Trace(
            (Pair<T, TBatch> p) =>
            {
                var (leaves, names) = (TreeMath.Leaves(p.First), TreeMath.Names(p.First));
                var layers = new DenseLayers();
                var outputs = Model(p.First, p.Second, layers);
                Require.NotNull(outputs, Operation);
                places =
                [
                    .. layers.Met.Select(layer =>
                        (Place(layer.Weight, "weight"), layer.Bias is null ? (int?)null : Place(layer.Bias, "bias"))
                    ),
                ];
                int[] used = [.. places.SelectMany(place => place.Item2 is { } bias ? (int[])[place.Item1, bias] : [place.Item1])];
                for (var leaf = 0; leaf < leaves.Length; leaf++)
                {
                    var count = used.Count(place => place == leaf);
                    Require.That(
                        count == 1,
                        $"[{Operation}] leaf \"{names[leaf]}\" is in {count} dense layers; expected each leaf in one, once"
                    );
                }
                return outputs;

                int Place(Tensor tensor, string what)
                {
                    var place = leaves.IndexOf(tensor);
                    Require.That(
                        place >= 0,
                        $"[{Operation}] got a {what} {tensor.Shape} that is no leaf of the parameters; expected one, as it is"
                    );
                    return place;
                }
            },
            new(like, batch),
            Operation
        );
        return places;
    }

    /// <summary>A [p, p] and G [q, q] of each layer in turn.</summary>
    public TreeList<Tensor> Factors(T x, TBatch batch)
    {
        var plain = new DenseLayers();
        var outputs = Model(x, batch, plain);
        Require.That(outputs.Rank > 0, $"[{Operation}] the model gave a scalar; expected outputs [examples, …]");
        var examples = outputs.Shape[0];
        foreach (var layer in plain.Met)
            Require.That(
                layer.Inputs.Shape[0] == examples,
                $"[{Operation}] a dense layer got inputs {layer.Inputs.Shape} of a batch of {examples} examples; expected a row for each example"
            );
        // What is added to each layer's outputs: nothing, and the derivative in it is that in them.
        TreeList<Tensor> nothing = new([.. plain.Met.Select(layer => Tensor.Zeros(layer.Outputs))]);
        var pullback = Transforms.Vjp(added => Flat(Model(x, batch, new DenseLayers(added))), nothing).Pullback;
        var gradients = Targets is null ? Fisher(outputs, pullback) : Empirical(outputs, Targets(batch), pullback);
        return new([.. plain.Met.SelectMany((layer, i) => (Tensor[])[Activations(layer) / examples, gradients[i] / examples])]);
    }

    private static Tensor Activations(DenseLayer layer)
    {
        var inputs = layer.Bias is null ? layer.Inputs : Concatenate([layer.Inputs, Tensor.Ones([layer.Inputs.Shape[0], 1])], 1);
        return MatMul(Transpose(inputs), inputs);
    }

    /// <summary>Σ g·gᵀ, g the gradient of an example's loss.</summary>
    private Tensor[] Empirical(Tensor outputs, Tensor targets, Func<Tensor, TreeList<Tensor>> pullback)
    {
        var scores = Transforms.Grad(y => Sum(Likelihood.Losses(y, targets)), outputs);
        return [.. pullback(Flat(scores)).Select(g => MatMul(Transpose(g), g))];
    }

    /// <summary>Σ E[g·gᵀ] over targets as the outputs say: Σ jₖ·Fₖₗ·jₗᵀ, jₖ an output's gradient and F the outputs' Fisher information.</summary>
    private Tensor[] Fisher(Tensor outputs, Func<Tensor, TreeList<Tensor>> pullback)
    {
        var flat = Flat(outputs);
        var (examples, size) = (flat.Shape[0], flat.Shape[1]);
        var units = BroadcastTo(Reshape(Tensor.Eye(size), size, 1, size), [size, examples, size]);
        var information = Transforms.Vmap((Tensor u) => Flat(Likelihood.Fisher(outputs, ReshapeTo(u, outputs.Shape))))(units);
        return [.. Transforms.Vmap(pullback)(units).Select(j => Einsum("kbo,kbp->op", Einsum("kbl,lbo->kbo", information, j), j))];
    }

    private static Tensor Flat(Tensor outputs) => Reshape(outputs, outputs.Shape[0], outputs.Shape.Size / Math.Max(1, outputs.Shape[0]));
}
