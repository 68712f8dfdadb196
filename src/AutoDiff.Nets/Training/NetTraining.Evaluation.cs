using System.Collections.Immutable;
using AutoDiff.Data;

namespace AutoDiff.Nets;

public static partial class NetTraining
{
    /// <summary>The means of loss and metrics over all examples at inference, however many, as a function of the variables: <c>Loss</c>, and each metric by its name.</summary>
    /// <param name="net">The net.</param>
    /// <param name="data">The examples.</param>
    /// <param name="loss">(outputs [batch, …], targets [batch, …]) → the mean over the batch, a scalar.</param>
    /// <param name="metrics">What is measured beside the loss, each a mean over the batch too.</param>
    /// <param name="options">How it is compiled.</param>
    /// <remarks>Computed by <see cref="Dataset.Average{P, R}"/>: the memory does not grow with the examples, nor does the result depend on threads.</remarks>
    /// <exception cref="ArgumentException">An argument is null, or there are no examples; when the function is called: shapes do not fit, or a loss or metric is no scalar.</exception>
    public static Func<Variables, TensorMap> CompileEvaluation(
        Net net,
        Dataset data,
        Func<Tensor, Tensor, Tensor> loss,
        IEnumerable<Metric>? metrics = null,
        CompileOptions? options = null
    )
    {
        Require.NotNull(net, nameof(CompileEvaluation));
        Require.NotNull(data, nameof(CompileEvaluation));
        Require.NotNull(loss, nameof(CompileEvaluation));
        Require.That(data.Count > 0, $"[CompileEvaluation] got no examples; expected at least one");
        ImmutableArray<Metric> measured = [.. metrics ?? []];
        var mean = Transforms.Compile(
            (Variables variables, Dataset rows) =>
            {
                var output = net.Apply(variables.Parameters, rows.Inputs, Context.Inference(variables.State)).Output;
                return WithLoss(loss(output, rows.Targets), Measured(measured, output, rows.Targets));
            },
            options
        );
        return variables => data.Average(mean, variables);
    }

    private static TensorMap Measured(ImmutableArray<Metric> metrics, Tensor output, Tensor targets) =>
        TensorMap.Of([.. metrics.Select(metric => (metric.Name, metric.Of(output, targets)))]);

    private static TensorMap WithLoss(Tensor loss, TensorMap metrics) =>
        TensorMap.Of([("Loss", loss), .. metrics.Select(metric => (metric.Key, metric.Value))]);
}
