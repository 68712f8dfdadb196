namespace AutoDiff.Examples.Experiments;

/// <summary>What an experiment is told, and where it says how far it is.</summary>
/// <param name="Seed">The number that all its draws come from.</param>
/// <param name="IsWhole">Whether it takes the sizes of the source, however long that takes, and not those that end within seconds.</param>
/// <param name="Data">The folder that holds the folders mnist and fashion-mnist; null where none was given.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record ExperimentRun(ulong Seed, bool IsWhole, string? Data, CancellationToken Cancellation)
{
    /// <summary>Hears that the folder of data was asked for: what comes out then depends on it.</summary>
    public Action? DataAsked { get; init; }

    /// <summary>The folder that holds the folders mnist and fashion-mnist; null where none was given.</summary>
    public string? Data
    {
        get
        {
            DataAsked?.Invoke();
            return field;
        }
        init;
    } = Data;

    /// <summary>Hears the fraction that is done, from 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Hears what came out so far, a line at a time: what a long run that is ended early leaves.</summary>
    public Action<string>? Notes { get; init; }

    /// <summary>The key that all draws come from.</summary>
    public Key Key => Key.Of(Seed);

    /// <summary>Says how much is done, and ends here where it is to end.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public void Done(double fraction)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report(fraction);
    }

    /// <summary>Says what came out so far.</summary>
    public void Note(string line) => Notes?.Invoke(line);

    /// <summary>One data set's folder of files.</summary>
    /// <param name="set"><c>mnist</c> or <c>fashion-mnist</c>.</param>
    /// <exception cref="NoDataException">No folder of data was given.</exception>
    public string RequiredData(string set) => Data is { } folder ? System.IO.Path.Combine(folder, set) : throw new NoDataException(set);
}
