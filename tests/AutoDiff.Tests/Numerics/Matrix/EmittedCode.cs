using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AutoDiff.Tests.Numerics;

/// <summary>A method's machine code as the compiler prints it.</summary>
/// <param name="Method">Its name, with the types that it is made for.</param>
/// <param name="Lines">Labels and instructions.</param>
internal sealed partial record EmittedCode(string Method, IReadOnlyList<string> Lines)
{
    /// <summary>The loops that hold no other.</summary>
    public IEnumerable<IReadOnlyList<string>> InnerLoops
    {
        get
        {
            var labels = Lines
                .Select((line, at) => (Match: Label().Match(line), at))
                .Where(line => line.Match.Success)
                .ToDictionary(line => line.Match.Groups[1].Value, line => line.at);
            var loops = Lines
                .Select((line, at) => (Match: Jump().Match(line), at))
                .Where(line => line.Match.Success && labels.TryGetValue(line.Match.Groups[1].Value, out var label) && label < line.at)
                .Select(line => (First: labels[line.Match.Groups[1].Value], Last: line.at))
                .ToArray();
            return loops
                .Where(loop => !Array.Exists(loops, other => other != loop && other.First >= loop.First && other.Last <= loop.Last))
                .Select(loop => (IReadOnlyList<string>)[.. Lines.Skip(loop.First).Take(loop.Last - loop.First + 1)]);
        }
    }

    /// <summary>Runs one test of this program in a process of its own, whose compiler prints the methods of a pattern; none where the runtime prints nothing.</summary>
    public static async Task<EmittedCode[]> OfTest(string test, string methods, string variable)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["--filter-method", $"*{test}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["DOTNET_JitDisasm"] = methods,
                    ["DOTNET_JitStdOutFile"] = file,
                    [variable] = "1",
                },
            };
            using var child = Process.Start(start)!;
            var output = child.StandardOutput.ReadToEndAsync();
            var errors = child.StandardError.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, $"the process that compiles ended with {child.ExitCode}:\n{await output}{await errors}");
            return [.. Parse(await File.ReadAllLinesAsync(file))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The instructions of some lines that write to the stack.</summary>
    public static IEnumerable<string> ToStack(IEnumerable<string> lines) => lines.Where(line => Stack().IsMatch(line));

    private static IEnumerable<EmittedCode> Parse(string[] lines)
    {
        int[] heads = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith(Head, StringComparison.Ordinal)), lines.Length];
        return heads.Zip(heads.Skip(1), (from, to) => new EmittedCode(lines[from][Head.Length..], lines[(from + 1)..to]));
    }

    private const string Head = "; Assembly listing for method ";

    [GeneratedRegex(@"^(G_M\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\w+)")]
    private static partial Regex Jump();

    // The first operand is the one written.
    [GeneratedRegex(@"^\s+(?!cmp|test)\w+\s+[^,]*\[r[bs]p\b")]
    private static partial Regex Stack();
}
