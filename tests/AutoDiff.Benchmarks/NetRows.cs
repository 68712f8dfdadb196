using System.Numerics.Tensors;
using AutoDiff.Curvature;

namespace AutoDiff.Benchmarks;

/// <summary>What is timed on a net.</summary>
/// <remarks>
/// A call is an executable's run on preallocated arrays: tracing, differentiating and planning are outside. The peer has no such step, and builds its graph at
/// every call but those of the linearized rows, for which both keep one.
/// </remarks>
internal sealed class NetRows
{
    private const int MostForHessian = 3000; // the peer's
    private const int FewestForPairs = 200;

    private readonly Sample _sample;
    private readonly double[][] _vector;
    private readonly Call _gradient;
    private readonly Call _product;
    private readonly Call _linearized;

    private NetRows(Sample sample)
    {
        _sample = sample;
        _vector = [.. TreeMath.Leaves(sample.Vector).Select(leaf => leaf.ToArray())];
        (_gradient, _product, _linearized) = (sample.Gradient(), sample.Product(), sample.Linearized());
    }

    public static IEnumerable<Row> Of(NetCase net, int threads)
    {
        var rows = new NetRows(Sample.Of(net, threads));
        return
        [
            .. rows.Products(),
            .. net.Size <= MostForHessian ? rows.Matrices(net.Size, threads) : [],
            .. net.Size is > FewestForPairs and <= MostForHessian ? EigenpairRows.Of(rows._sample.Operator(), threads) : [],
            rows.Adam(),
        ];
    }

    private Row[] Products() =>
        [
            Row.Of("gradient", _gradient, VerifyGradient),
            Row.Of("hvp", _product, () => Check.Derivative("hvp", _gradient, _vector, _product.Values())),
            Row.Of("hvp, linearized once", _linearized, () => VerifyProduct("hvp, linearized once", _linearized.Values())),
        ];

    private Row[] Matrices(int n, int threads)
    {
        var (hessian, compiled) = (_sample.Operator(), _sample.Matrix());
        var run = new RunOptions { Threads = threads };
        return
        [
            new("full Hessian", () => hessian.ToMatrix(run), () => VerifyMatrix("full Hessian", hessian.ToMatrix(run)))
            {
                Flops = compiled.Flops,
            },
            Row.Of("Hessian, compiled", compiled, () => VerifyMatrix("Hessian, compiled", compiled.Values())) with
            {
                Peer = "full Hessian",
            },
            EigenRow.Of("eigenvalues of it (LAPACK)", hessian.ToMatrix(), n, vectors: false, threads),
        ];
    }

    private Row Adam()
    {
        var step = _sample.Adam();
        return Row.Of("training step, Adam", step, () => step.Verify("training step, Adam")) with { Run = step.Steps() };
    }

    private void VerifyGradient()
    {
        var loss = _sample.Loss();
        loss.Verify("loss");
        var slope = TensorPrimitives.Dot<double>(_gradient.Values(), [.. _vector.SelectMany(x => x)]);
        Check.Derivative("gradient", loss, _vector, [slope]);
    }

    private void VerifyMatrix(string what, double[] matrix)
    {
        double[] vector = [.. _vector.SelectMany(x => x)];
        var product = new double[vector.Length];
        for (var i = 0; i < product.Length; i++)
            product[i] = TensorPrimitives.Dot<double>(matrix.AsSpan(i * vector.Length, vector.Length), vector);
        VerifyProduct($"{what} times a vector", product);
    }

    private void VerifyProduct(string what, double[] product) => Check.Close($"{what} against hvp", _product.Values(), product, 1e-9);
}
