using System.Diagnostics;
using System.Runtime;

namespace AutoDiff.Benchmarks;

/// <summary>What a call costs: the median time, and what it allocates.</summary>
/// <param name="Microseconds">The median over samples of the time of a call.</param>
/// <param name="Bytes">The mean number of bytes that a call allocates on its thread.</param>
internal readonly record struct Timing(double Microseconds, double Bytes);

/// <summary>Times a call: warm, in samples long enough for the clock, by their median.</summary>
internal static class Clock
{
    private const double WarmSeconds = 0.3;
    private const double MostWarmSeconds = 4;

    /// <summary>The runtime promotes methods after 100 ms without new ones; twice that without work for the compiler means that it is done.</summary>
    private const double QuietSeconds = 0.2;

    private const double SampleSeconds = 50e-6; // a thousand ticks of the clock
    private const int FewestSamples = 3;
    private const double AllocationSeconds = 0.02;

    /// <summary>Times <paramref name="call"/> for about <paramref name="seconds"/>, after a warm-up.</summary>
    public static Timing Time(Action call, double seconds)
    {
        var estimate = Warm(call);
        var calls = Math.Max(1, (int)(SampleSeconds / estimate));
        var samples = new List<double>(1 + (int)(seconds / (estimate * calls)));
        var watch = Stopwatch.StartNew();
        while (samples.Count < FewestSamples || watch.Elapsed.TotalSeconds < seconds)
            samples.Add(Seconds(call, calls) / calls);
        return new(Median(samples) * 1e6, Bytes(call, Math.Clamp((int)(AllocationSeconds / estimate), 1, 10_000)));
    }

    /// <summary>The time of some calls in a row, in seconds.</summary>
    public static double Seconds(Action call, int calls = 1)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The median of some numbers, at least one.</summary>
    public static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Calls until the compiler has been quiet for a while; the time of the last call, in seconds.</summary>
    private static double Warm(Action call)
    {
        var watch = Stopwatch.StartNew();
        var (compiled, since, last) = (JitInfo.GetCompiledMethodCount(), 0.0, 0.0);
        while (watch.Elapsed.TotalSeconds < Math.Max(WarmSeconds, since + QuietSeconds) && watch.Elapsed.TotalSeconds < MostWarmSeconds)
        {
            last = Seconds(call);
            if (JitInfo.GetCompiledMethodCount() is var count && count != compiled)
                (compiled, since) = (count, watch.Elapsed.TotalSeconds);
        }
        return Math.Max(last, 1e-8);
    }

    private static double Bytes(Action call, int calls)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
            call();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls;
    }
}
