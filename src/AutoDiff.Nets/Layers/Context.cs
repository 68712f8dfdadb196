namespace AutoDiff.Nets;

/// <summary>What a layer is told besides parameters and input: whether it trains, randomness, and the state that it keeps.</summary>
public sealed record Context
{
    private Context(bool training, Key? key, TensorMap state) => (IsTraining, Key, State) = (training, key, state);

    /// <summary>Whether the net trains: dropout drops, batch normalization takes the batch's statistics.</summary>
    public bool IsTraining { get; }

    /// <summary>The key of what the layer draws; null where none was given.</summary>
    public Key? Key { get; }

    /// <summary>The layer's state, as running statistics; empty where it has none.</summary>
    public TensorMap State { get; }

    /// <summary>Inference: nothing is drawn, and the state stays as it is.</summary>
    /// <param name="state">The net's state; only nets that keep some need it.</param>
    public static Context Inference(TensorMap? state = null) => new(training: false, null, state ?? TensorMap.Empty);

    /// <summary>Training.</summary>
    /// <param name="key">The key of this step; only nets that draw need it.</param>
    /// <param name="state">The net's state; only nets that keep some need it.</param>
    public static Context Training(Key? key = null, TensorMap? state = null) => new(training: true, key, state ?? TensorMap.Empty);

    /// <summary>The context of a layer inside another: the state below its path, and a key of its own.</summary>
    /// <param name="path">The inner layer's path, as in the names of parameters.</param>
    /// <param name="index">The inner layer's number among those of the same layer, by which its key differs from theirs.</param>
    public Context Part(string path, int index) => new(IsTraining, Key?.FoldIn((ulong)index), State.Part(path));

    /// <summary>The key, for a layer that draws in training.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal Key RequiredKey(string layer)
    {
        Require.That(Key is not null, $"[{layer}] got a training context without a key; expected one, as Context.Training(key)");
        return Key;
    }
}
