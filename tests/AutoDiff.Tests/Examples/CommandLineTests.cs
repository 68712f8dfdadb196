using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AutoDiff.Examples;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

public sealed class CommandLineTests : IDisposable
{
    private const string Rows = "1,5,0\n3,4,1\n2,-1,2\n0,1,1\n-2,1,0\n2,2,2\n1,1,1\n0,3,0\n";

    private static readonly string[] Options =
    [
        "--data",
        "--scale",
        "--hidden",
        "--activation",
        "--l2",
        "--seed",
        "--float",
        "--threads",
        "--density",
        "--landscape",
        "--find",
        "--max-rows",
        "--max-line",
        "--max-size",
        "--json",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheSameFiguresTwiceAndOnAnyNumberOfThreads()
    {
        var data = Data(Rows);
        var (one, two) = (Path.Combine(_folder.FullName, "1.json"), Path.Combine(_folder.FullName, "2.json"));
        var (code, first, error) = await RunAsync("--data", data, "--hidden", "3", "--l2", "0.01", "--threads", "1", "--json", one);
        var (_, second, _) = await RunAsync("--data", data, "--hidden", "3", "--l2", "0.01", "--threads", "2", "--json", two);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(first, second);
        Assert.Equal(await File.ReadAllBytesAsync(one, Cancel), await File.ReadAllBytesAsync(two, Cancel));
        Assert.DoesNotContain('\u001b', first);
        Assert.Contains("Hessian products: converged", first, StringComparison.Ordinal);
        Assert.All(first, character => Assert.True(char.IsAscii(character)));
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(one, Cancel));
        var start = report.RootElement.GetProperty("start");
        Assert.Equal("saddle", start.GetProperty("kind").GetString());
        Assert.Equal(21, start.GetProperty("eigenvalues").GetArrayLength());
        Assert.Equal(
            start.GetProperty("index").GetInt32(),
            report.RootElement.GetProperty("expectation").GetProperty("closedForm").GetProperty("index").GetInt32()
        );
        Assert.Equal("minimum", report.RootElement.GetProperty("end").GetProperty("kind").GetString());
        Assert.True(report.RootElement.GetProperty("end").GetProperty("gradientNorm").GetDouble() <= 1e-8);
    }

    [Fact]
    public void TrainingThatRunsOffDoesNotConverge()
    {
        // Labels that no feature explains: without a penalty some weights grow without end.
        var random = new Random(3);
        var noise = Enumerable
            .Range(0, 30)
            .Select(row =>
                string.Create(CultureInfo.InvariantCulture, $"{random.NextDouble():F4},{random.NextDouble():F4},{row * 7 % 3}\n")
            );
        var rows = DataSet.Of(Tables.Read(string.Concat(noise)), Scaling.Standard).Rows;
        var loss = new NetLoss(Nonlinearity.Tanh, 0);
        var start = Transforms.Evaluate(Mlp.Zeros([2, 2, 3]).Perturbed(Key.Of(1), 0.1));
        var trained = NetTraining.Adam(loss, start, rows, Precision.Double, null, Cancel);
        var objective = AutoDiff.Curvature.Objective.Of((Mlp net) => loss.Of(net, rows), start);
        var settled = NetTraining.Newton(objective, trained, 1, null, Cancel);
        Assert.NotEqual(AutoDiff.Curvature.Outcome.Converged, settled.Outcome);
        Assert.InRange(settled.Loss, 0, loss.Of(trained, rows).Item());
    }

    [Fact]
    public async Task TrainingThatLeavesTheNumbersIsRefused()
    {
        var (code, _, error) = await RunAsync("--data", Data(Rows), "--hidden", "2", "--l2", "1e300", "--float");
        Assert.Equal(2, code);
        Assert.Contains("raise --l2", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hidden", "3,2")]
    [InlineData("--activation", "sigmoid")]
    [InlineData("--activation", "relu")]
    public async Task WithoutAClosedFormItSaysWhy(string option, string value)
    {
        var (code, output, _) = await RunAsync("--data", Data(Rows), option, value);
        Assert.Equal(0, code);
        Assert.Contains("closed form          none: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--l2", "-1", "--l2 -1: expected a finite number, at least 0")]
    [InlineData("--l2", "NaN", "--l2 NaN: expected a finite number")]
    [InlineData("--l2", "1e999", "--l2 1e999: expected a finite number")]
    [InlineData("--l2", "much", "--l2 much: expected a finite number")]
    [InlineData("--l2", "1,5", "--l2 1,5: expected a finite number")]
    [InlineData("--l2", " 1", "--l2  1: expected a finite number")]
    [InlineData("--hidden", "0", "--hidden 0: expected widths of at least 1")]
    [InlineData("--hidden", "16,", "--hidden 16,: got \"\"; expected widths")]
    [InlineData("--hidden", "1.5", "--hidden 1.5: got \"1.5\"; expected widths")]
    [InlineData("--hidden", "2147483647", "GiB; narrow --hidden")]
    [InlineData("--threads", "0", "--threads 0: expected a whole number from 1 to 2147483647")]
    [InlineData("--threads", "2.0", "--threads 2.0: expected a whole number from 1")]
    [InlineData("--activation", "step", "--activation step: expected one of tanh, sigmoid,")]
    [InlineData("--activation", "0", "--activation 0: expected one of tanh,")]
    [InlineData("--landscape", "alps", "--landscape alps: expected one of eigenvectors, random")]
    [InlineData("--find", "0", "--find 0: expected a whole number from 1 to 100000")]
    [InlineData("--find", "some", "--find some: expected a whole number from 1")]
    [InlineData("--density", "much", "much")]
    [InlineData("--scale", "much", "--scale much: expected one of standard, max, none")]
    [InlineData("--seed", "-3", "--seed -3: expected a whole number from 0 to 18446744073709551615")]
    [InlineData("--seed", "1,000", "--seed 1,000: expected a whole number")]
    [InlineData("--max-rows", "0", "--max-rows 0: expected a whole number from 1")]
    [InlineData("--max-line", "x", "--max-line x: expected a whole number from 1")]
    [InlineData("--max-size", "-1", "--max-size -1: expected a whole number from 1")]
    [InlineData("--max-rows", null, "'--max-rows'")]
    [InlineData("--json", "/dev/null/x", "--json /dev/null/x")]
    [InlineData("--data", "none.csv", "none.csv: there is no such file")]
    [InlineData("--colour", "red", "--colour")]
    public async Task WhatIsOutOfRangeIsRefused(string option, string? value, string expected)
    {
        var (code, output, error) = await RunAsync(value is null ? [option] : [option, value]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--landscape")]
    [InlineData("--landscape", "eigenvectors")]
    public async Task PicturesAreDrawnWhereAskedFor(params string[] landscape)
    {
        var json = Path.Combine(_folder.FullName, "report.json");
        var (code, output, error) = await RunAsync([
            "--data",
            Data(Rows),
            "--hidden",
            "2",
            "--l2",
            "0.01",
            "--density",
            "--json",
            json,
            .. landscape,
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(2, output.Split("density, from all eigenvalues: percent of them").Length - 1);
        Assert.Equal(21, output.Split('\n').Count(line => line.TrimEnd().EndsWith('|')));
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json, Cancel));
        Assert.Equal("eigenvectors", report.RootElement.GetProperty("landscape").GetProperty("directions").GetString());
        foreach (var density in (string[])["startDensity", "endDensity"])
            Assert.Equal(
                1,
                report
                    .RootElement.GetProperty(density)
                    .GetProperty("cells")
                    .EnumerateArray()
                    .Sum(cell => cell.GetProperty("share").GetDouble()),
                1e-12
            );
    }

    [Fact]
    public async Task HelpListsTheOptions()
    {
        var (code, output, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        foreach (var option in Options)
            Assert.Contains(option, output, StringComparison.Ordinal);
        foreach (var standard in (string[])["1000000", "1048576", "256", "tanh", "0.001"])
            Assert.Contains($"[default: {standard}]", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-rows", "7", "line 8: there are more than 7 rows; --max-rows sets the limit")]
    [InlineData("--max-line", "5", "line 3: the row has more than 5 bytes; --max-line sets the limit")]
    public async Task TheLimitsCanBeSet(string option, string limit, string expected)
    {
        var (code, _, error) = await RunAsync("--data", Data(Rows), option, limit);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreTextThanAllowedIsRefused()
    {
        var data = Data(string.Concat(Enumerable.Repeat(new string('1', 1000) + ",0\n", 1100)));
        var (code, _, error) = await RunAsync("--data", data, "--max-size", "1");
        Assert.Equal((2, $"{data}, byte 1048576: there are more than 1 MiB of text; --max-size sets the limit"), (code, error.Trim()));
    }

    [Fact]
    public async Task ACutFileIsRefused()
    {
        var data = Path.Combine(_folder.FullName, "data.csv.gz");
        using (var file = File.Create(data))
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
            gzip.Write(Encoding.ASCII.GetBytes(Rows));
        var packed = await File.ReadAllBytesAsync(data, Cancel);
        await File.WriteAllBytesAsync(data, packed[..^8], Cancel);
        var (code, _, error) = await RunAsync("--data", data);
        Assert.Equal((2, $"{data}: the gzip data are cut off; expected a whole gzip file"), (code, error.Trim()));
    }

    /// <summary>Nothing depends on how the caller's culture writes numbers, and the caller keeps it.</summary>
    [Fact]
    public async Task TheSameInEveryCulture()
    {
        string[] arguments = ["--data", Data(Rows), "--hidden", "2", "--l2", "0.25"];
        var (_, expected, _) = await RunAsync(arguments);
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        comma.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = comma;
        var (_, actual, _) = await RunAsync(arguments);
        Assert.Equal(expected, actual);
        var (code, _, error) = await RunAsync("--data", Data("1,0\n-2.5,1.5\n"));
        Assert.Equal(2, code);
        Assert.Contains("got label 1.5;", error, StringComparison.Ordinal);
        Assert.Same(comma, CultureInfo.CurrentCulture);
    }

    /// <summary>The system waits for a pipe's other end where no token reaches it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitingForAPipeEndsWhenCancelled(bool opened)
    {
        var pipe = Pipes.Make(Path.Combine(_folder.FullName, "pipe"));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var error = new StringWriter();
        var run = CommandLine.RunAsync(["--data", pipe], TextWriter.Null, error, cancel.Token);
        await using (opened ? new FileStream(pipe, FileMode.Open, FileAccess.Write) : null)
        {
            await Task.Delay(20, Cancel);
            await cancel.CancelAsync();
            Assert.Equal((130, "cancelled"), (await run, error.ToString().Trim()));
        }
        if (!opened)
            await using (new FileStream(pipe, FileMode.Open, FileAccess.Write)) { } // lets the thread go that waits
    }

    [Fact]
    public async Task APipeIsReadAndAnotherWritten()
    {
        var (input, result) = (Pipes.Make(Path.Combine(_folder.FullName, "in")), Pipes.Make(Path.Combine(_folder.FullName, "out")));
        var run = RunAsync("--data", input, "--hidden", "1", "--json", result);
        await File.WriteAllTextAsync(input, Rows, Cancel);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(result, Cancel));
        Assert.Equal(8, report.RootElement.GetProperty("setting").GetProperty("rows").GetInt32());
        Assert.Equal(0, (await run).Code);
    }

    [Fact]
    public async Task AReportThatCannotBePrintedIsRefused()
    {
        using var error = new StringWriter();
        using var full = new StreamWriter(new FullStream()) { AutoFlush = true };
        var code = await CommandLine.RunAsync(["--data", Data(Rows), "--hidden", "1"], full, error, Cancel);
        Assert.Equal((2, "the report cannot be written: no space"), (code, error.ToString().Trim()));
    }

    [Fact]
    public async Task ACancelledRunLeavesNoFile()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var json = Path.Combine(_folder.FullName, "report.json");
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["--json", json], TextWriter.Null, error, cancel.Token);
        Assert.Equal((130, "cancelled"), (code, error.ToString().Trim()));
        Assert.Empty(_folder.GetFiles());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data(string text)
    {
        var path = Path.Combine(_folder.FullName, "data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, Cancel);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("no space");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no space");
    }
}
