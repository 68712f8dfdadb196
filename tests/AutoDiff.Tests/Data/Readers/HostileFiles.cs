using System.Diagnostics;
using AutoDiff.Files;

namespace AutoDiff.Tests.Data;

/// <summary>What became of damaged files: each is read, to shapes that its bytes can hold, or refused, in memory bounded by its size.</summary>
internal sealed class HostileFiles
{
    // A byte may become a double, and that be copied; a cell of text an object. Besides, buffers and messages.
    private const long PerByte = 128;
    private const long Besides = 4 << 20;

    // What deflating does at most to a byte.
    private const long Unpacked = 1032;

    /// <summary>How many were read.</summary>
    public long Read { get; private set; }

    /// <summary>How many were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>The longest time one took, and whose seed it was.</summary>
    public (TimeSpan Time, long Seed) Slowest { get; private set; }

    /// <summary>The most memory one took, and whose seed it was.</summary>
    public (long Bytes, long Seed) Largest { get; private set; }

    /// <summary>Damages the file of a reader once for each seed and reads what it has become.</summary>
    /// <exception cref="InvalidOperationException">A reader did anything else than read right or refuse; the seed, which gives the file again, is in the message.</exception>
    public void Run(HostileReader reader, long firstSeed, long count, string folder)
    {
        var path = Path.Combine(folder, "hostile");
        reader.Write(path);
        var file = File.ReadAllBytes(path);
        _ = reader.Read(path);
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = SplitMix64.Mix((ulong)seed);
            var mutant = HostileBytes.Of(file, ref random);
            File.WriteAllBytes(path, mutant);
            Try(reader, path, mutant, seed);
        }
        File.Delete(path);
    }

    private void Try(HostileReader reader, string path, byte[] mutant, long seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        (long Count, long Bytes)? read = null;
        try
        {
            read = reader.Read(path);
            Read++;
        }
        catch (InvalidFileException problem)
        {
            Refused++;
            if (problem.Path is null || !problem.Message.Contains(path, StringComparison.Ordinal))
                throw Failure(reader, seed, $"a refusal that does not name the file: {problem.Message}", problem);
        }
        catch (Exception problem)
        {
            throw Failure(reader, seed, problem.ToString(), problem);
        }
        var time = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (time > Slowest.Time)
            Slowest = (time, seed);
        if (allocated > Largest.Bytes)
            Largest = (allocated, seed);
        var packed = mutant.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        var archive = mutant.AsSpan().StartsWith("PK"u8);
        // What is read must be there; what is refused takes no more than what it claims could be.
        var size = packed && read is not null ? HostileBytes.Unpack(mutant).Length : mutant.Length;
        if (read is { } made && made.Bytes > size)
            throw Failure(reader, seed, $"{made.Count} numbers of a file of {size} bytes", null);
        var most =
            Besides
            + (
                PerByte
                * (
                    read is null && (packed || archive) ? Math.Min(Unpacked * size, 1 << 20)
                    : archive ? Unpacked * size
                    : size
                )
            );
        if (allocated > most)
            throw Failure(reader, seed, $"{allocated} bytes were allocated for a file of {mutant.Length}; expected at most {most}", null);
    }

    private static InvalidOperationException Failure(HostileReader reader, long seed, string problem, Exception? cause) =>
        new($"{reader.Name}, seed {seed}: {problem}", cause);
}
