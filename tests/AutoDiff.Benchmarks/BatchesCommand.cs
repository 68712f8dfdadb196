using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AutoDiff.Curvature;

namespace AutoDiff.Benchmarks;

/// <summary>Gradients and Hessian products of a tanh net over all of Fashion-MNIST, by the size of a batch and the number of threads.</summary>
internal static class BatchesCommand
{
    private const int BlockRows = 10;
    private static readonly string[] Columns =
    [
        "batch",
        "threads",
        "gradient s",
        "first H·v s",
        "H·v s",
        "nothing kept s",
        "block of 10 s",
        "kept MiB",
        "most MiB",
    ];

    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            HelpName = "FOLDER",
            Description = "Where the four files of Fashion-MNIST are.",
            Required = true,
        };
        var widths = new Option<string>("--widths")
        {
            Description = "The layers' widths, 784 first and 10 last.",
            DefaultValueFactory = _ => "784,100,50,10",
        };
        var sizes = new Option<string>("--sizes") { Description = "Sizes of a batch.", DefaultValueFactory = _ => "1024" };
        var threads = new Option<string>("--threads") { Description = "Numbers of threads.", DefaultValueFactory = _ => "1,2" };
        var examples = Options.Count("--examples", 60_000, "How many images.");
        var calls = Options.Count("--calls", 3, "Calls of each, of which the median counts.");
        var block = new Option<bool>("--block") { Description = "Time a block of ten and products that keep nothing too." };
        var pairs = Options.Count("--pairs", 0, "Find so many of the largest eigenpairs too.");
        var peer = new Option<bool>("--peer") { Description = "Run PyTorch after ours, in one batch and on one thread." };
        var command = new Command("batches", "Time a gradient and Hessian products over all of Fashion-MNIST.")
        {
            data,
            widths,
            sizes,
            threads,
            examples,
            calls,
            block,
            pairs,
            peer,
        };
        command.SetAction(parse =>
        {
            var folder = parse.GetRequiredValue(data);
            if (FashionMnist.Missing(folder) is { } missing)
            {
                Terminal.Say($"no data: there is no {missing}");
                return 1;
            }
            var net = new NetCase("batches", [.. Numbers(parse.GetValue(widths)!)], parse.GetValue(examples));
            Terminal.Say($"{net.Size} parameters, {net.Rows} examples");
            var rows = new List<string[]>();
            foreach (var size in Numbers(parse.GetValue(sizes)!))
            {
                var batches = FashionMnist.Whole(folder, "train", net.Rows, size);
                foreach (var count in Numbers(parse.GetValue(threads)!))
                    rows.Add(Measure(net, batches, size, count, parse.GetValue(calls), parse.GetValue(block), parse.GetValue(pairs)));
            }
            Terminal.Write(0, Columns, rows);
            if (parse.GetValue(peer))
                Terminal.Say(
                    Peer.Find(Peer.Script("fashion_mnist_products.py"), "torch", 1, out var problem)
                        ?.Run(
                            folder,
                            "--widths",
                            parse.GetValue(widths)!,
                            "--examples",
                            $"{net.Rows}",
                            "--pairs",
                            $"{parse.GetValue(pairs)}"
                        )
                        ?? problem
                );
            return 0;
        });
        return command;
    }

    private static string[] Measure(NetCase net, Batch[] batches, int size, int threads, int calls, bool block, int pairs)
    {
        var start = TreeMath.Map(net.Random(Key.Of(1)), Transforms.Evaluate);
        var options = new BatchOptions { Threads = threads };
        var objective = Objective.Of(NetCase.Loss, start, batches, options: options);
        var nothing = Objective.Of(NetCase.Loss, start, batches, options: options with { KeptBytes = 0 });
        var (x, gradient) = (objective.Ravel(start), new double[objective.Size]);
        var directions = Key.Of(2).Normal([block ? BlockRows : 1, objective.Size]).ToArray();
        var products = new double[directions.Length];
        var gradients = Median(() => objective.ValueAndGradient(x, gradient));
        var hessian = objective.Hessian(x);
        var first = Clock.Seconds(() => hessian.Apply(directions.AsSpan(0, objective.Size), gradient));
        var product = Median(() => hessian.Apply(directions.AsSpan(0, objective.Size), gradient));
        var kept = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        var again = nothing.Hessian(x);
        double? unkept = block ? Median(() => again.Apply(directions.AsSpan(0, objective.Size), gradient)) : null;
        double? ten = block ? Median(() => hessian.ApplyBlock(directions, products, BlockRows, new() { Threads = threads })) : null;
        if (pairs > 0)
            FindPairs(hessian, pairs, threads);
        var most = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        return
        [
            $"{size}",
            $"{threads}",
            Seconds(gradients),
            Seconds(first),
            Seconds(product),
            Seconds(unkept),
            Seconds(ten),
            $"{kept}",
            $"{most}",
        ];

        // Once before, to compile.
        double Median(Action call)
        {
            call();
            return Clock.Median(Enumerable.Range(0, calls).Select(_ => Clock.Seconds(call)).ToArray());
        }
    }

    /// <summary>As ARPACK does, to a residual relative to each eigenvalue; and so that no copy of one is missed.</summary>
    private static void FindPairs(HessianOperator hessian, int count, int threads)
    {
        var plain = new EigenOptions
        {
            RelativeToEigenvalue = true,
            BlockSize = 1,
            ExcludeMissed = false,
            Threads = threads,
        };
        foreach (var options in new[] { plain, plain with { BlockSize = 2, ExcludeMissed = true } })
        {
            var watch = Stopwatch.StartNew();
            var found = Lanczos.Largest(hessian, count, options);
            Terminal.Say(
                $"{count} largest eigenpairs, {threads} threads: {watch.Elapsed.TotalSeconds:0.0} s, {found.Products} products, {found.Outcome}, "
                    + $"{found.Eigenvalues[0]:G6} to {found.Eigenvalues[^1]:G6}, largest residual {found.Measure:G2}, {found.Unexcluded} not excluded"
            );
        }
    }

    private static string Seconds(double? seconds) => Terminal.Number(seconds);

    private static int[] Numbers(string text) => [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
