using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

public sealed class OutputFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    private string Target => Path.Combine(_folder.FullName, "report.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryingOutLeavesNothingBehind()
    {
        OutputFile.At(Target);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void TheContentReplacesWhatWasThere()
    {
        File.WriteAllText(Target, "before, and longer");
        var file = OutputFile.At(Target);
        Assert.Equal("before, and longer", File.ReadAllText(Target));
        file.Write("after"u8.ToArray());
        Assert.Equal("after", File.ReadAllText(Target));
        Assert.Single(_folder.GetFiles());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("missing/report.json")]
    public void WhereNothingCanBeWrittenIsRefusedAtOnce(string name) =>
        Assert.StartsWith(
            "--json",
            Assert.Throws<RefusedException>(() => OutputFile.At(name.Length == 0 ? name : Path.Combine(_folder.FullName, name))).Message,
            StringComparison.Ordinal
        );
}
