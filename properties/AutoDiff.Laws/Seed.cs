using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace AutoDiff.Laws;

/// <summary>Where a run of random cases starts, as text: <c>state</c>, <c>state,gamma</c>, or <c>state,gamma,size</c> for one case alone.</summary>
/// <param name="Start">The generator's state.</param>
/// <param name="Size">The size of the one case that is replayed; null for a whole run.</param>
public sealed record Seed(Rnd Start, int? Size = null)
{
    /// <summary>The environment variable that is read where no seed is given.</summary>
    public const string Variable = "AUTODIFF_SEED";

    /// <summary>The seed in the environment variable <see cref="Variable"/>, or null.</summary>
    public static Seed? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Parse(text) : null;

    /// <summary>A seed that differs from run to run.</summary>
    public static Seed Fresh() => new(new Rnd(unchecked((ulong)System.Random.Shared.NextInt64())));

    /// <summary>The same seed for the same text, on every machine.</summary>
    public static Seed Named(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        return new(new Rnd(hash));
    }

    /// <summary>The seed that <see cref="ToString"/> printed.</summary>
    /// <exception cref="FormatException">The text is no seed.</exception>
    public static Seed Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > 3)
            throw new FormatException($"[Seed] got \"{text}\"; expected state, state,gamma or state,gamma,size");
        var numbers = Array.ConvertAll(parts, part => ulong.Parse(part, CultureInfo.InvariantCulture));
        return new(
            numbers.Length == 1 ? new Rnd(numbers[0]) : new Rnd(numbers[0], numbers[1]),
            numbers.Length == 3 ? checked((int)numbers[2]) : null
        );
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start.Seed},{Start.Gamma}{(Size is { } size ? $",{size}" : "")}");

    internal Replay ToReplay() => new(Start, Size is { } size ? FSharpOption<int>.Some(size) : FSharpOption<int>.None);
}
