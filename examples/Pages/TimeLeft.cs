namespace AutoDiff.Examples.Pages;

/// <summary>How long a list of runs will still take, by how long each took before.</summary>
/// <param name="before">Seconds of each run of the list, as far as they are known; 0 for those that need not run again.</param>
internal sealed class TimeLeft(IEnumerable<double?> before)
{
    private readonly double?[] _before = [.. before];

    /// <summary>Takes down how long a run took.</summary>
    public void Ended(int index, double seconds) => _before[index] = seconds;

    /// <summary>Seconds that the rest will take; null where nothing tells.</summary>
    /// <param name="index">The run that is under way; those before it have ended.</param>
    /// <param name="elapsed">Seconds that it has run.</param>
    /// <param name="fraction">How much of it is done, from 0 to 1.</param>
    /// <remarks>
    /// A run of unknown length takes as long as its fraction tells (elapsed·(1 − f)/f), one not begun the mean of all that are known and were
    /// run; the one under way takes what it took before until half of it is done, as first fractions tell little.
    /// </remarks>
    public double? Seconds(int index, double elapsed, double fraction)
    {
        double? now =
            _before[index] is { } known && fraction < 0.5 ? Math.Max(known - elapsed, 0)
            : fraction > 0 ? elapsed * (1 - fraction) / fraction
            : null;
        var run = _before.OfType<double>().Where(seconds => seconds > 0).DefaultIfEmpty(double.NaN).Average();
        var mean = double.IsNaN(run) ? elapsed + now : run;
        return now + _before.Skip(index + 1).Sum(seconds => seconds ?? mean);
    }
}
