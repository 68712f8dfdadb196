using AutoDiff.Curvature;
using AutoDiff.Optimization;
using static AutoDiff.Transforms;

namespace AutoDiff.Benchmarks;

/// <summary>What is timed on a net.</summary>
/// <remarks>
/// Each is an executable run on preallocated arrays. The batch and, but for the linearized rows, the parameters are inputs: nothing that a training loop would
/// compute is folded into the plan. Tracing, differentiating and planning are outside; the peer builds its graph at every call, as it always does.
/// </remarks>
internal sealed class NetRows
{
    private const int MostForHessian = 3000;
    private const double LearningRate = 1e-6; // the peer's: the parameters stay where they are

    private readonly NetCase _case;
    private readonly Net _point;
    private readonly Net _vector;
    private readonly Batch _batch;
    private readonly Call _gradient;
    private readonly Call _product;
    private readonly Call _apply;

    private NetRows(NetCase net)
    {
        _case = net;
        var keys = Key.Of(1).Split(3);
        (_point, _vector, _batch) = (net.Random(keys[0]), net.Random(keys[1]), net.Data(keys[2]));
        _gradient = Call.Of((Pair<Net, Batch> at) => Grad(LossOn(at.Second), at.First), new(_point, _batch));
        _product = Call.Of(
            (Pair<Pair<Net, Batch>, Net> at) => Hvp(LossOn(at.First.Second), at.First.First, at.Second),
            new(new(_point, _batch), _vector)
        );

        // A vector in and a vector out, as the peer's.
        var linear = Linearize(Grad(LossOn(_batch)), _point);
        _apply = Call.Of((Tensor v) => TreeMath.Ravel(linear.Apply(TreeMath.Unravel(_point, v))), Evaluate(TreeMath.Ravel(_vector)));
    }

    public static IEnumerable<Row> Of(NetCase net, int threads)
    {
        var rows = new NetRows(net);
        return [.. rows.Products(), .. net.Size <= MostForHessian ? rows.Matrices(threads) : [], rows.Adam()];
    }

    private static Func<Net, Tensor> LossOn(Batch batch) => net => NetCase.Loss(net, batch);

    private static double[][] Arrays(Net net) => [.. TreeMath.Leaves(net).Select(leaf => leaf.ToArray())];

    private IEnumerable<Row> Products() =>
        [
            new("gradient", _gradient.Run, VerifyGradient) { Flops = _gradient.Flops },
            new("hvp", _product.Run, VerifyProduct) { Flops = _product.Flops },
            new("hvp, linearized once", _apply.Run, () => VerifyAgainstProduct("hvp, linearized once", _apply.Values()))
            {
                Flops = _apply.Flops,
            },
        ];

    private IEnumerable<Row> Matrices(int threads)
    {
        var (n, hessian) = (_case.Size, HessianOperator.Of(LossOn(_batch), _point));
        yield return new(
            "full Hessian, loop",
            () => hessian.ToMatrix(threads),
            () => VerifyMatrix("full Hessian", hessian.ToMatrix(threads))
        )
        {
            Flops = n * _apply.Flops,
        };

        // Linearized at every call, at a point that is an input.
        var compiled = Call.Of((Pair<Net, Batch> at) => Hessian(LossOn(at.Second), at.First), new(_point, _batch));
        yield return new("Hessian, compiled", compiled.Run, () => VerifyMatrix("Hessian, compiled", compiled.Values()))
        {
            Peer = "full Hessian, loop",
            Flops = compiled.Flops,
        };
        yield return EigenRow.Of("eigenvalues of it (LAPACK)", hessian.ToMatrix(), n, vectors: false, threads);
    }

    private Row Adam()
    {
        var adam = Optimizers.Adam<Net>(LearningRate);
        var step = Call.Of(
            (Pair<State<Net, AdamState<Net>>, Batch> at) => Training.Step(adam, at.First, LossOn(at.Second)),
            new(Evaluate(Training.Init(adam, _point)), _batch)
        );
        return new("training step, Adam", step.Steps(), () => step.Verify("training step, Adam")) { Flops = step.Flops };
    }

    private void VerifyGradient()
    {
        var loss = Call.Of((Pair<Net, Batch> at) => NetCase.Loss(at.First, at.Second), new(_point, _batch));
        loss.Verify("loss");
        var slope = _gradient.Values().Zip(Arrays(_vector).SelectMany(x => x), (g, v) => g * v).Sum();
        Check.Derivative("gradient", loss, Arrays(_vector), [slope]);
    }

    private void VerifyProduct() => Check.Derivative("hvp", _gradient, Arrays(_vector), _product.Values());

    private void VerifyMatrix(string what, double[] matrix)
    {
        double[] vector = [.. Arrays(_vector).SelectMany(x => x)];
        var product = new double[vector.Length];
        for (var i = 0; i < product.Length; i++)
            product[i] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(matrix.AsSpan(i * vector.Length, vector.Length), vector);
        VerifyAgainstProduct($"{what} times a vector", product);
    }

    private void VerifyAgainstProduct(string what, double[] product) =>
        Check.Close($"{what} against hvp", _product.Values(), product, 1e-9);
}
