using System.Collections.Immutable;
using AutoDiff.Data;
using AutoDiff.Optimization;

namespace AutoDiff.Nets;

/// <summary>How a net is trained.</summary>
public sealed record TrainOptions
{
    /// <summary>How often every example is seen, at least 0; 10 unless set.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int Epochs
    {
        get;
        init
        {
            Require.NonNegative("TrainOptions", "a number of epochs of", value);
            field = value;
        }
    } = 10;

    /// <summary>How many examples a step takes, at least 1; 32, unless set, and never more than there are.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int BatchSize
    {
        get;
        init
        {
            Require.Positive("TrainOptions", "a batch size of", value);
            field = value;
        }
    } = 32;

    /// <summary>The key of everything that is drawn: initial parameters, batches, dropout. The same key gives the same bits.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public Key Key
    {
        get;
        init
        {
            Require.NotNull(value, "TrainOptions");
            field = value;
        }
    } = Key.Of(0);

    /// <summary>Variables to begin with, as of a training before; drawn by <see cref="Key"/> unless set.</summary>
    public Variables? Start { get; init; }

    /// <summary>What is measured beside the loss, at each step on its batch and after each epoch on <see cref="Validation"/>.</summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    /// <summary>What is added to the loss of each step, as a penalty on weights; not to the loss of <see cref="Validation"/>.</summary>
    public Func<TensorMap, Tensor>? Penalty { get; init; }

    /// <summary>Examples that are not trained on: loss and metrics on them, at inference, are measured after each epoch, and the best variables by <see cref="Watched"/> kept.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>Which of <c>Loss</c> and <see cref="Metrics"/> tells the best variables on <see cref="Validation"/>; the loss unless set.</summary>
    public string Watched { get; init; } = "Loss";

    /// <summary>Whether more of <see cref="Watched"/> is better, as of an accuracy.</summary>
    public bool LargerIsBetter { get; init; }

    /// <summary>After how many epochs in a row without a better value training ends; null, unless set, for never.</summary>
    public int? Patience { get; init; }

    /// <summary>How many steps lie between two records of the history, each also reported to <see cref="Progress"/>; 1 unless set.</summary>
    public int RecordEvery { get; init; } = 1;

    /// <summary>Told of every record.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Where and when training is saved, so that it goes on from there to the same bits.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>How steps are compiled, as in single precision.</summary>
    public CompileOptions Compile { get; init; } = new();

    /// <summary>Ends training between two steps, with all that it has reached.</summary>
    public CancellationToken Cancellation { get; init; }
}
