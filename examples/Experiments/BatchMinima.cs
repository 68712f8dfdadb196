using AutoDiff.Curvature;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>A classifier of digits, and the minima that training in batches of a size leads it to: MNIST where the run is whole, else the built-in digits.</summary>
internal sealed class BatchMinima
{
    private const string Accuracy = nameof(Accuracy);
    private const double Rate = 1e-3;

    /// <summary>The share of a run that its trainings take.</summary>
    public const double Share = 0.8;

    // So many training pictures stand for all where the loss is looked at closely.
    private const int Looked = 1000;

    private readonly ExperimentRun _run;
    private readonly int _epochs;
    private readonly CompileOptions _compile = new() { Precision = Precision.Single, Threads = Environment.ProcessorCount };
    private readonly Func<Variables, TensorMap> _trained;
    private readonly Func<Variables, TensorMap> _tested;
    private long _seen;

    /// <param name="run">Quick or whole; hears what is done, and may end it.</param>
    /// <param name="epochs">How many epochs all trainings to come take together at most.</param>
    public BatchMinima(ExperimentRun run, int epochs)
    {
        (_run, _epochs) = (run, epochs);
        if (run.IsWhole)
            run.RequiredData("mnist");
        Pictures = run.IsWhole ? Pictures.Read(run, 60_000, 10_000) : Pictures.Read(run with { Data = null }, 1400, 397);
        (Small, Large) = (run.IsWhole ? 256 : 14, Pictures.Train.Count / 10);
        Net = Net.Of(
            [Pictures.Pixels],
            new Dense(run.IsWhole ? 100 : 32) { Weight = Initializers.HeNormal() },
            Activation.Relu,
            new Dense(Pictures.Classes)
        );
        _trained = Evaluation(Pictures.Train);
        _tested = Evaluation(Pictures.Test);
        var looked = Pictures.Train.Take(Looked);
        Objective = Curvature.Objective.Of<TensorMap>(parameters => Loss(parameters, looked), Start(run.Key));
    }

    public Pictures Pictures { get; }

    public Net Net { get; }

    /// <summary>The small batch's size, 256 of the source; 1 % of the built-in digits.</summary>
    public int Small { get; }

    /// <summary>The large batch's size: 10 % of the pictures.</summary>
    public int Large { get; }

    /// <summary>The loss over the first 1,000 training pictures.</summary>
    public Objective<TensorMap> Objective { get; }

    /// <summary>Where a training came to.</summary>
    /// <param name="Parameters">The parameters.</param>
    /// <param name="Loss">The loss over all training pictures.</param>
    /// <param name="Train">The share of training pictures named right.</param>
    /// <param name="Test">The share of test pictures named right.</param>
    public sealed record End(TensorMap Parameters, double Loss, double Train, double Test);

    /// <summary>Trains by Adam.</summary>
    /// <param name="size">Pictures of a batch.</param>
    /// <param name="key">What weights and batches are drawn by; the weights are the same for all sizes.</param>
    /// <param name="epochs">How often it sees each picture.</param>
    /// <param name="rate">The rate; 0.001 by default.</param>
    public End Train(int size, Key key, int epochs, double rate = Rate)
    {
        var optimizer = Optimizers.Adam<TensorMap>(rate);
        var batches = new Batches(Pictures.Train, size, key.FoldIn((ulong)size));
        var positions = Counted(batches.Take(epochs * batches.PerEpoch));
        var state = Transforms.Fold(Step(optimizer), Training.Init(optimizer, Start(key)), positions, cancellation: _run.Cancellation);
        _run.Cancellation.ThrowIfCancellationRequested();
        return At(state.Parameters);
    }

    /// <summary>Trains in small batches until the loss over all training pictures, looked at after each epoch, is no more than another's.</summary>
    /// <param name="key">As of <see cref="Train"/>.</param>
    /// <param name="loss">The other's loss.</param>
    /// <param name="epochs">How often it sees each picture at most.</param>
    public End TrainSmallTo(Key key, double loss, int epochs)
    {
        var optimizer = Optimizers.Adam<TensorMap>(Rate);
        var (step, batches) = (Step(optimizer), new Batches(Pictures.Train, Small, key.FoldIn((ulong)Small)));
        var (state, end) = (Training.Init(optimizer, Start(key)), (End?)null);
        for (var epoch = 0; epoch < epochs && !(end?.Loss <= loss); epoch++)
        {
            var positions = Counted(batches.Take(batches.PerEpoch, epoch * batches.PerEpoch));
            state = Transforms.Fold(step, state, positions, cancellation: _run.Cancellation);
            _run.Cancellation.ThrowIfCancellationRequested();
            end = At(state.Parameters);
        }
        return end!;
    }

    /// <summary>Trains in large batches, at a rate larger by the root of how many times larger they are, as the noise of Adam's steps asks (Malladi, Lyu, Panigrahi, Arora 2022): so that they learn as much.</summary>
    /// <param name="key">As of <see cref="Train"/>.</param>
    /// <param name="epochs">How often it sees each picture.</param>
    public End TrainLarge(Key key, int epochs) => Train(Large, key, epochs, Rate * Math.Sqrt((double)Large / Small));

    /// <summary>How far the gradients of 20 batches at the start are from their mean, in the root of the mean of squares, relative to the mean's length.</summary>
    public double Noise(int size, Key key)
    {
        var at = Start(key);
        var gradient = Transforms.Compile(
            (TensorMap parameters, Tensor rows) => Transforms.Grad<TensorMap>(here => Loss(here, Pictures.Train.Rows(rows)), parameters)
        );
        var gradients = new Batches(Pictures.Train, size, key)
            .Take(20)
            .Select(batch => Objective.Ravel(gradient.Invoke(at, batch.Positions)))
            .ToArray();
        double[] mean = [.. Enumerable.Range(0, Objective.Size).Select(i => gradients.Average(one => one[i]))];
        var square = gradients.Sum(one => one.Zip(mean, (a, b) => (a - b) * (a - b)).Sum()) / (gradients.Length - 1);
        return Math.Sqrt(square / mean.Sum(value => value * value));
    }

    /// <summary>The weights that a training with a key begins from.</summary>
    public TensorMap Start(Key key) => Transforms.Evaluate(Net.Init(key));

    private Tensor Loss(TensorMap parameters, Dataset rows) => Losses.CrossEntropy(Net.Apply(parameters, rows.Inputs), rows.Targets);

    private Compiled<State<TensorMap, AdamState<TensorMap>>, Tensor, State<TensorMap, AdamState<TensorMap>>> Step(
        Optimizer<TensorMap, AdamState<TensorMap>> optimizer
    ) => Training.CompileStep(optimizer, (TensorMap parameters, Tensor rows) => Loss(parameters, Pictures.Train.Rows(rows)), _compile);

    private IEnumerable<Tensor> Counted(IEnumerable<Data.Batch> batches)
    {
        foreach (var batch in batches)
        {
            _seen += batch.Positions.Shape.Size;
            _run.Done(Math.Min(1, _seen / (_epochs * (double)Pictures.Train.Count)) * Share);
            yield return batch.Positions;
        }
    }

    private End At(TensorMap parameters)
    {
        var variables = new Variables(parameters, TensorMap.Empty);
        var (trained, tested) = (_trained(variables), _tested(variables));
        return new(parameters, trained["Loss"].Item(), trained[Accuracy].Item(), tested[Accuracy].Item());
    }

    private Func<Variables, TensorMap> Evaluation(Dataset data) =>
        Nets.NetTraining.CompileEvaluation(
            Net,
            data,
            (outputs, targets) => Losses.CrossEntropy(outputs, targets),
            [new(Accuracy, Metrics.Accuracy)],
            _compile
        );
}
