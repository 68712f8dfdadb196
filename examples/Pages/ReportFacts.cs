using System.Globalization;

namespace AutoDiff.Examples.Pages;

/// <summary>What a report says of itself.</summary>
/// <param name="Settings">What its experiments were told.</param>
/// <param name="Surroundings">What they ran on.</param>
/// <param name="When">When it was written.</param>
/// <param name="Seconds">How long it took, with what came from the cache.</param>
internal sealed record ReportFacts(ReportSettings Settings, Surroundings Surroundings, DateTimeOffset When, double Seconds)
{
    /// <summary>The folder beside the page that holds its figures' files; null where there is none.</summary>
    public string? FigureFolder { get; init; }

    /// <summary>A moment in words.</summary>
    public static string Text(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time in words: 0.12 s, 12.3 s, 2 min 5 s, 1 h 2 min.</summary>
    public static string Text(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
            { TotalHours: < 1 } time => $"{(int)time.TotalMinutes} min {time.Seconds} s",
            var time => $"{(int)time.TotalHours} h {time.Minutes} min",
        };
}
