using System.Globalization;
using System.Text.Json;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

public sealed class CommandLineTests : IDisposable
{
    private const string Rows = "1,5,0\n3,4,1\n2,-1,2\n0,1,1\n-2,1,0\n2,2,2\n1,1,1\n0,3,0\n";

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
        var rows = DataSet.Of(CsvReader.Read(Data(string.Concat(noise)), Cancel), Scaling.Standard).Rows;
        var loss = new NetLoss(Activation.Tanh, 0);
        var start = Transforms.Evaluate(Mlp.Zeros([2, 2, 3]).Perturbed(Key.Of(1), 0.1));
        var trained = NetTraining.Adam(loss, start, rows, Precision.Double, null, Cancel);
        var settled = NetTraining.Newton(net => loss.Of(net, rows), trained, null, Cancel);
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
    [InlineData("--l2", "much", "'much'")]
    [InlineData("--hidden", "0", "--hidden 0: expected widths of at least 1")]
    [InlineData("--hidden", "16,", "--hidden 16,: got \"\"; expected widths")]
    [InlineData("--hidden", "2147483647", "expected at most 20000")]
    [InlineData("--threads", "0", "--threads 0: expected at least 1")]
    [InlineData("--activation", "step", "'step' not recognized")]
    [InlineData("--seed", "-3", "'-3'")]
    [InlineData("--json", "/dev/null/x", "--json /dev/null/x")]
    [InlineData("--data", "none.csv", "none.csv: there is no such file")]
    [InlineData("--colour", "red", "--colour")]
    public async Task WhatIsOutOfRangeIsRefused(string option, string value, string expected)
    {
        var (code, output, error) = await RunAsync(option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HelpListsTheOptions()
    {
        var (code, output, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        foreach (
            var option in (string[])["--data", "--scale", "--hidden", "--activation", "--l2", "--seed", "--float", "--threads", "--json"]
        )
            Assert.Contains(option, output, StringComparison.Ordinal);
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
}
