namespace AutoDiff.Examples.Experiments;

/// <summary>What an experiment is told.</summary>
/// <param name="Output">Where its table goes.</param>
/// <param name="IsWhole">Whether it takes the sizes of the source, however long that takes, and not those that end within seconds.</param>
/// <param name="Data">The folder of the data files; null where none was given.</param>
/// <param name="Seed">The number that all its draws come from.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record ExperimentRun(TextWriter Output, bool IsWhole, string? Data, ulong Seed, CancellationToken Cancellation)
{
    /// <summary>The folder of the data files.</summary>
    /// <exception cref="RefusedException">None was given.</exception>
    public string RequiredData(string files) =>
        Data ?? throw new RefusedException($"no data: name the folder of {files} with --data FOLDER");
}
