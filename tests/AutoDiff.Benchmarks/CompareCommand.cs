using System.CommandLine;

namespace AutoDiff.Benchmarks;

/// <summary>Ours and the peer's on the same shapes, turn by turn.</summary>
internal static class CompareCommand
{
    private static readonly string[] Columns = ["case", "what", "ours µs", "peer µs", "ratio", "min..max", "bytes", "GFLOP/s", "of peak"];

    public static Command Create()
    {
        var name = new Option<string?>("--case") { Description = "One case only." }.AcceptOnlyFromAmong([
            .. NetCase.All.Select(net => net.Name),
            LinearAlgebraRows.Name,
            GaussianProcessRows.Name,
            SignalRows.Name,
            ConvolutionRows.Name,
            BundleRows.Name,
            MixtureRows.Name,
            RecurrentRows.Name,
            OptimizerRows.Name,
            ManyRows.Name,
        ]);
        var what = new Option<string>("--what")
        {
            HelpName = "TEXT",
            Description = "Only rows of ours whose names hold this; the peer still runs its whole case.",
            DefaultValueFactory = _ => "",
        };
        var threads = Options.Count("--threads", 1, "Threads of both sides.");
        var rounds = Options.Rounds(3);
        var seconds = new Option<double>("--seconds") { Description = "Time for a row in a turn.", DefaultValueFactory = _ => 0.3 };
        var script = new Option<string>("--peer")
        {
            Description = "The peer's script.",
            DefaultValueFactory = _ => Peer.Script("pytorch.py"),
        };
        var json = Options.Json();
        var command = new Command("compare", "Time nets and linear algebra against PyTorch, NumPy and LAPACK.")
        {
            name,
            what,
            threads,
            rounds,
            seconds,
            script,
            json,
        };
        command.SetAction(parse =>
        {
            var (count, turns, duration) = (parse.GetValue(threads), parse.GetValue(rounds), parse.GetValue(seconds));
            var peer = Peer.Find(parse.GetRequiredValue(script), "torch, scipy", count, out var problem);
            if (peer is null)
                Terminal.Say(problem);
            var peak = Peak.Announced();
            var all = new List<Comparison>();
            foreach (var (chosen, make) in Cases(count).Where(c => parse.GetValue(name) is not { } only || c.Name == only))
                all.AddRange(
                    Show(Compare(chosen, make().Where(row => row.What.Contains(parse.GetRequiredValue(what))), peer, turns, duration, peak))
                );
            JsonFile.Write(parse.GetValue(json), new { Peak = peak, Rows = all });
        });
        return command;
    }

    private static IEnumerable<(string Name, Func<IEnumerable<Row>> Rows)> Cases(int threads) =>
        [
            .. NetCase.All.Select(net => (net.Name, (Func<IEnumerable<Row>>)(() => NetRows.Of(net, threads)))),
            (LinearAlgebraRows.Name, () => LinearAlgebraRows.Of(threads)),
            (GaussianProcessRows.Name, () => GaussianProcessRows.Of(threads)),
            (SignalRows.Name, SignalRows.Of),
            (ConvolutionRows.Name, () => ConvolutionRows.Of(threads)),
            (BundleRows.Name, () => BundleRows.Of(threads)),
            (MixtureRows.Name, () => MixtureRows.Of(threads)),
            (RecurrentRows.Name, RecurrentRows.Of),
            (OptimizerRows.Name, () => OptimizerRows.Of(threads)),
            (ManyRows.Name, () => ManyRows.Of(threads)),
        ];

    private static Comparison[] Compare(string name, IEnumerable<Row> made, Peer? peer, int rounds, double seconds, Peak peak)
    {
        Row[] rows = [.. made];
        foreach (var row in rows)
            row.Verify();
        var ours = Array.ConvertAll(rows, _ => new List<Timing>());
        var theirs = Array.ConvertAll(rows, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
                ours[i].Add(Clock.Time(rows[i].Run, seconds));
            if (peer?.Time(name, seconds) is not { } times)
                continue;
            for (var i = 0; i < rows.Length; i++)
                theirs[i].Add(times[rows[i].Peer]);
        }
        return [.. rows.Select((row, i) => Comparison.Of(name, row, [.. ours[i]], [.. theirs[i]], peak))];
    }

    private static Comparison[] Show(Comparison[] rows)
    {
        Terminal.Write(2, Columns, rows.Select(Line));
        return rows;
    }

    private static string[] Line(Comparison row) =>
        [
            row.Case,
            row.What,
            Terminal.Number(row.Turns.OursMicroseconds),
            Terminal.Number(row.Turns.PeerMicroseconds),
            Terminal.Number(row.Turns.Ratio),
            row.Turns.Range,
            Terminal.Number(row.Bytes),
            Terminal.Number(row.Gigaflops),
            row.ShareOfPeak is { } share ? $"{share:P0}" : "",
        ];
}
