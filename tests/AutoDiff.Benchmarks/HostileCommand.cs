using System.CommandLine;
using System.Globalization;
using AutoDiff.Tests.Data;

namespace AutoDiff.Benchmarks;

/// <summary>Damaged files over all readers of data: each must be read to what its bytes can hold, or refused.</summary>
internal static class HostileCommand
{
    private static readonly string[] _columns = ["reader", "read", "refused", "slowest ms", "seed", "most MB", "seed"];

    public static Command Create()
    {
        var count = Options.Count("--count", 1_000_000, "Files in all.");
        var seed = new Option<long>("--seed") { Description = "Of the first file.", DefaultValueFactory = _ => 1_000_000_000 };
        var command = new Command("hostile", "Read damaged and hostile files with every reader.") { count, seed };
        command.SetAction(parse => Run(parse.GetValue(count), parse.GetValue(seed)));
        return command;
    }

    private static int Run(int count, long seed)
    {
        var folder = Directory.CreateTempSubdirectory("autodiff-hostile-").FullName;
        var rows = new List<string[]>();
        var (readers, done) = (HostileReader.All, 0L);
        try
        {
            for (var i = 0; i < readers.Length; i++)
            {
                var files = new HostileFiles();
                var share = (count / readers.Length) + (i < count % readers.Length ? 1 : 0);
                files.Run(readers[i], seed, share, folder);
                done += files.Read + files.Refused;
                rows.Add([
                    readers[i].Name,
                    Shown(files.Read),
                    Shown(files.Refused),
                    files.Slowest.Time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
                    Shown(files.Slowest.Seed),
                    (files.Largest.Bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture),
                    Shown(files.Largest.Seed),
                ]);
            }
        }
        catch (InvalidOperationException problem)
        {
            Terminal.Say(problem.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Terminal.Write(1, _columns, rows);
        }
        Terminal.Say($"{done} files; nothing else was thrown");
        return 0;
    }

    private static string Shown(long number) => number.ToString(CultureInfo.InvariantCulture);
}
