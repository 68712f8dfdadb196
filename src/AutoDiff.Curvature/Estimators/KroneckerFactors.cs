using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The Kronecker-factored approximation of a Fisher matrix, KFAC (Martens, Grosse 2015): block-diagonal, for each dense layer A ⊗ G.</summary>
/// <remarks>
/// <para>A is the second moment of the layer's inputs, with a constant one for the bias, G that of the examples' gradients in its outputs: exact where the two are independent, so for one
/// example, and for a linear model under a Gaussian likelihood. <see cref="Error"/> says how far it is from the block.</para>
/// <para>A layer of p inputs, the one included, and q outputs takes p² + q² numbers of memory and p·q·(p + q) multiply-adds a product. Elements count as in all operators:
/// those of the parameters' leaves in order.</para>
/// </remarks>
public sealed class KroneckerFactors : LinearOperator
{
    private readonly KroneckerOperator _products;

    private KroneckerFactors(int size, ImmutableArray<KroneckerLayer> layers)
        : base(size) => (Layers, _products) = (layers, new(size, [.. layers.Select(layer => (layer, Product(layer)))]));

    /// <summary>The layers in the order in which the model calls them.</summary>
    public ImmutableArray<KroneckerLayer> Layers { get; }

    /// <summary>The factors for the exact Fisher matrix at a point, which is the Gauss-Newton matrix for the likelihoods of <see cref="Likelihood"/>.</summary>
    /// <param name="model">The outputs [examples, …], its affine maps written as <see cref="DenseLayers.Dense"/>: of each leaf of the parameters, once.</param>
    /// <param name="likelihood">How targets are distributed given the outputs.</param>
    /// <param name="point">The point.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="weight">A batch's weight; null for its number of examples, the length of its first leaf's first axis.</param>
    /// <param name="options">Threads, which share the batches, progress and cancellation.</param>
    /// <remarks>One pass over the batches, and in it a gradient for each output of the model.</remarks>
    /// <exception cref="ArgumentException">A leaf is not in one dense layer, once, a layer has not a row of inputs for each example, or there is no batch, or one has no such weight.</exception>
    /// <exception cref="InvalidOperationException">The model uses a value that is being differentiated or traced.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static KroneckerFactors Of<T, TBatch>(
        Func<T, TBatch, DenseLayers, Tensor> model,
        Likelihood likelihood,
        T point,
        IReadOnlyList<TBatch> batches,
        Func<TBatch, double>? weight = null,
        RunOptions? options = null
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(model, nameof(KroneckerFactors));
        Require.NotNull(likelihood, nameof(KroneckerFactors));
        return Of(new KroneckerModel<T, TBatch>(model, likelihood, null), point, batches, weight, options);
    }

    /// <summary>The factors for the empirical Fisher matrix at a point: of the gradients of the losses of what was observed.</summary>
    /// <param name="model">The outputs [examples, …], its affine maps written as <see cref="DenseLayers.Dense"/>: of each leaf of the parameters, once.</param>
    /// <param name="likelihood">How targets are distributed given the outputs.</param>
    /// <param name="targets">What was observed, of a batch.</param>
    /// <param name="point">The point.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="weight">A batch's weight; null for its number of examples, the length of its first leaf's first axis.</param>
    /// <param name="options">Threads, which share the batches, progress and cancellation.</param>
    /// <remarks>One pass over the batches, and in it one gradient.</remarks>
    /// <exception cref="ArgumentException">A leaf is not in one dense layer, once, a layer has not a row of inputs for each example, or there is no batch, or one has no such weight.</exception>
    /// <exception cref="InvalidOperationException">The model uses a value that is being differentiated or traced.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static KroneckerFactors Empirical<T, TBatch>(
        Func<T, TBatch, DenseLayers, Tensor> model,
        Likelihood likelihood,
        Func<TBatch, Tensor> targets,
        T point,
        IReadOnlyList<TBatch> batches,
        Func<TBatch, double>? weight = null,
        RunOptions? options = null
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(model, nameof(KroneckerFactors));
        Require.NotNull(likelihood, nameof(KroneckerFactors));
        Require.NotNull(targets, nameof(KroneckerFactors));
        return Of(new KroneckerModel<T, TBatch>(model, likelihood, targets), point, batches, weight, options);
    }

    /// <summary>(A ⊗ G + damping·I)⁻¹ of each layer, in closed form by the eigenvectors of both factors.</summary>
    /// <param name="damping">A positive number.</param>
    /// <param name="options">Threads and cancellation of the decompositions.</param>
    /// <remarks>Eigenvalues that rounding made negative count as 0, so that it is positive definite. O(p³ + q³) here, then 2·p·q·(p + q) multiply-adds a product.</remarks>
    /// <exception cref="ArgumentException">The damping is not a positive finite number, or a factor is not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public LinearOperator Inverse(double damping, RunOptions? options = null)
    {
        Require.That(
            damping > 0 && double.IsFinite(damping),
            $"[KroneckerFactors.Inverse] got damping {damping}; expected a positive finite number"
        );
        options ??= new();
        return new KroneckerOperator(Size, [.. Layers.Select(layer => (layer, Inverse(layer, damping, options)))]);
    }

    /// <summary>‖A ⊗ G − F‖ ⁄ ‖F‖ in the Frobenius norm, F a layer's diagonal block of an operator.</summary>
    /// <param name="exact">The operator, as the objective's Fisher matrix.</param>
    /// <param name="layer">The layer's place.</param>
    /// <param name="key">The randomness of probes.</param>
    /// <param name="products">How many products with the operator may be taken, at least 2.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <remarks>
    /// From unit vectors, exactly, where the block has no more rows than that. Else from so many vectors of random signs (Hutchinson 1990): the root of the mean of ‖(A ⊗ G − F)v‖² over
    /// that of ‖Fv‖², with the standard error of such a ratio (Cochran 1977, section 2.11). NaN where both norms are 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The operator has another size, there is no such layer, or fewer than 2 products are allowed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public Estimate Error(LinearOperator exact, int layer, Key key, int products = 256, RunOptions? options = null)
    {
        const string operation = "KroneckerFactors.Error";
        Require.NotNull(exact, operation);
        Require.NotNull(key, operation);
        Require.That(
            exact.Size == Size && exact.Rows == Size,
            $"[{operation}] got an operator [{exact.Rows},{exact.Size}]; expected size {Size}"
        );
        Require.That(layer >= 0 && layer < Layers.Length, $"[{operation}] got layer {layer}; expected 0 to {Layers.Length - 1}");
        Require.That(products >= 2, $"[{operation}] got {products} products; expected at least 2");
        return KroneckerError.Of(this, exact, Layers[layer], key, products, options ?? new());
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => _products.Apply(x, y);

    private static KroneckerFactors Of<T, TBatch>(
        KroneckerModel<T, TBatch> model,
        T point,
        IReadOnlyList<TBatch> batches,
        Func<TBatch, double>? weight,
        RunOptions? options
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(point, nameof(KroneckerFactors));
        var like = Transforms.Evaluate(point);
        (int Weight, int? Bias)[]? places = null;
        var reader = new BatchReader<TBatch, Executable>(
            nameof(KroneckerFactors),
            batches,
            weight,
            batch =>
            {
                places ??= model.Places(like, batch);
                return Transforms.Compile((Pair<T, TBatch> p) => model.Factors(p.First, p.Second)).For(new(like, batch));
            }
        );
        var (graph, leaves) = (reader.First.Graph, LeafArrays.Of(like));
        int[] sizes = [.. graph.Outputs.ToArray().Select(id => graph.Nodes[id].Shape.Size)];
        var factors = new BatchMean<Executable>(nameof(KroneckerFactors), "factors", reader).Of(
            functions: 1,
            _ => LeafArrays.New(sizes),
            batch => (_, outputs) => batch.Plans.Run([.. leaves, .. batch.Leaves], outputs),
            options ?? new()
        )[0];
        return new(
            leaves.Sum(leaf => leaf.Length),
            [.. places!.Select((place, i) => Layer(like, place.Weight, place.Bias, factors[2 * i], factors[(2 * i) + 1]))]
        );
    }

    private static KroneckerLayer Layer<T>(T like, int weight, int? bias, double[] activations, double[] gradients)
        where T : ITensorTree<T>
    {
        var (leaves, names) = (TreeMath.Leaves(like), TreeMath.Names(like));
        var (p, q) = (leaves[weight].Shape[0] + (bias is null ? 0 : 1), leaves[weight].Shape[1]);
        SymmetricMatrix.Symmetrize(activations, p);
        SymmetricMatrix.Symmetrize(gradients, q);
        return new()
        {
            Weight = names[weight],
            Bias = bias is { } place ? names[place] : null,
            Inputs = p,
            Outputs = q,
            Activations = ImmutableCollectionsMarshal.AsImmutableArray(activations),
            Gradients = ImmutableCollectionsMarshal.AsImmutableArray(gradients),
            WeightStart = Start(weight),
            BiasStart = Start(bias ?? 0),
        };

        int Start(int leaf) => leaves.Take(leaf).Sum(before => before.Shape.Size);
    }

    private static Func<double[], double[]> Product(KroneckerLayer layer) =>
        x => KroneckerOperator.Between(layer.Activations.AsMemory(), x, layer.Gradients.AsMemory(), layer.Inputs, layer.Outputs);

    private static Func<double[], double[]> Inverse(KroneckerLayer layer, double damping, RunOptions options)
    {
        var (p, q) = (layer.Inputs, layer.Outputs);
        var a = SymmetricEigen.Decompose(layer.Activations.AsSpan(), p, vectors: true, options.Threads, options.Cancellation);
        var g = SymmetricEigen.Decompose(layer.Gradients.AsSpan(), q, vectors: true, options.Threads, options.Cancellation);
        // Eigenvectors are rows: A = Uᵀ·Λ·U.
        var (u, v) = (a.Vectors.AsMemory(), g.Vectors.AsMemory());
        var (transposedU, transposedV) = (Transposed(u.Span, p), Transposed(v.Span, q));
        return x =>
        {
            var turned = KroneckerOperator.Between(u, x, transposedV, p, q);
            for (var i = 0; i < turned.Length; i++)
                turned[i] /= (Math.Max(0, a.Eigenvalues[i / q]) * Math.Max(0, g.Eigenvalues[i % q])) + damping;
            return KroneckerOperator.Between(transposedU, turned, v, p, q);
        };
    }

    private static double[] Transposed(ReadOnlySpan<double> matrix, int size)
    {
        var transposed = new double[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
            transposed[(i % size * size) + (i / size)] = matrix[i];
        return transposed;
    }
}
