namespace AutoDiff.Tests.Examples;

/// <summary>A clock that goes a second further each time it is asked.</summary>
internal sealed class ReportClock : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);

    public override DateTimeOffset GetUtcNow() => ReportCases.Noon;
}
