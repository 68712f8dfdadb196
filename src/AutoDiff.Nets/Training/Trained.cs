using AutoDiff.Optimization;

namespace AutoDiff.Nets;

/// <summary>A net that was trained.</summary>
/// <param name="Net">The net.</param>
/// <param name="Variables">The best variables on the validation examples, or the last ones where there are none.</param>
/// <param name="Run">All that the training came to: why it ended, history, evaluations, the state to go on from.</param>
public sealed record Trained<S>(Net Net, Variables Variables, TrainingRun<Variables, S> Run)
    where S : ITensorTree<S>
{
    /// <summary>What was trained, of <see cref="Variables"/>.</summary>
    public TensorMap Parameters => Variables.Parameters;

    /// <summary>The outputs [rows, …] at inference, as graph.</summary>
    /// <param name="x">Inputs [rows, …].</param>
    public Tensor Apply(Tensor x) => Net.Apply(Variables.Parameters, x, Context.Inference(Variables.State)).Output;
}
