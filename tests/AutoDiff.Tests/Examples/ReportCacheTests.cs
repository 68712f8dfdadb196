using AutoDiff.Examples;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public sealed class ReportCacheTests : IDisposable
{
    private static readonly string Key = new('a', 64);
    private static readonly Result Kept = new(
        [new("caption", 2, [new("title", "<svg/>", "x,y\n1,2\n", "{}")])],
        [
            new(
                "numbers",
                ["n"],
                [
                    ["1"],
                ]
            ),
        ],
        [ReportCases.Explained],
        1.5,
        ReportCases.Noon,
        true
    );

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");
    private readonly ResultCache _cache;

    public ReportCacheTests() => _cache = ResultCache.In(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void WhatIsKeptIsFoundAgainWhole()
    {
        Assert.Null(_cache.Find("valley", Key));
        _cache.Keep("valley", Key, true, Kept);
        var found = _cache.Find("valley", Key)!;
        Assert.Equal((Kept.Seconds, Kept.When, Kept.UsesData), (found.Seconds, found.When, found.UsesData));
        Assert.Equal(Kept.Checks, found.Checks);
        Assert.Equal(Kept.Listings[0].Rows[0], found.Listings[0].Rows[0]);
        Assert.Equal(Kept.Figures[0].Panels, found.Figures[0].Panels);
        Assert.Equal(Kept.Figures[0].Caption, found.Figures[0].Caption);
        Assert.Null(_cache.Find("hill", Key));
        Assert.Null(_cache.Find("valley", new('b', 64)));
    }

    /// <summary>The name holds half of a key: the file itself says the whole.</summary>
    [Fact]
    public void AnotherKeyOfTheSameNameIsNone()
    {
        _cache.Keep("valley", Key, true, Kept);
        Assert.Null(_cache.Find("valley", Key[..63] + "b"));
    }

    [Fact]
    public void EveryDamageIsNoticed()
    {
        _cache.Keep("valley", Key, true, Kept);
        var path = Assert.Single(_folder.GetFiles()).FullName;
        var content = File.ReadAllBytes(path);
        for (var i = 0; i < content.Length; i += 5)
        {
            var damaged = (byte[])content.Clone();
            damaged[i] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Null(_cache.Find("valley", Key));
            File.WriteAllBytes(path, content[..i]);
            Assert.Null(_cache.Find("valley", Key));
        }
        File.WriteAllBytes(path, content);
        Assert.NotNull(_cache.Find("valley", Key));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("""{"Key": "KEY", "IsWhole": true, "Result": null}""")]
    [InlineData("""{"Key": "KEY", "IsWhole": true, "Result": {"Seconds": 1}}""")]
    public void WhatOthersWroteCountsAsNone(string content)
    {
        _cache.Keep("valley", Key, true, Kept);
        var path = Assert.Single(_folder.GetFiles()).FullName;
        var bytes = System.Text.Encoding.UTF8.GetBytes(content.Replace("KEY", Key, StringComparison.Ordinal));
        File.WriteAllBytes(
            path,
            [
                .. System.Text.Encoding.ASCII.GetBytes(
                    Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)) + "\n"
                ),
                .. bytes,
            ]
        );
        Assert.Null(_cache.Find("valley", Key));
        Assert.Null(_cache.LastSeconds("valley", true));
    }

    [Fact]
    public void TheLatestTimeIsThatOfTheSameSizes()
    {
        _cache.Keep("valley", Key, true, Kept with { Seconds = 7 });
        Assert.Equal(7, _cache.LastSeconds("valley", true));
        Assert.Null(_cache.LastSeconds("valley", false));
        Assert.Null(_cache.LastSeconds("vall", true));
    }

    [Fact]
    public void OfEachExperimentOnlyTheLatestFilesAreKept()
    {
        _cache.Keep("hill", Key, true, Kept);
        for (var i = 0; i < ResultCache.MostOfOne + 3; i++)
        {
            _cache.Keep("valley", $"{i:x64}"[32..] + $"{i:x32}", true, Kept);
            foreach (var file in _folder.GetFiles("valley.*"))
                file.LastWriteTimeUtc -= TimeSpan.FromMinutes(1);
        }
        Assert.Equal(ResultCache.MostOfOne, _folder.GetFiles("valley.*").Length);
        Assert.NotNull(_cache.Find("hill", Key));
        Assert.NotNull(_cache.Find("valley", $"{10:x32}{10:x32}"));
        Assert.Null(_cache.Find("valley", $"{2:x32}{2:x32}"));
    }

    [Fact]
    public void WhereNothingCanBeWrittenIsRefused()
    {
        var file = System.IO.Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        foreach (var folder in (string[])[file, System.IO.Path.Combine(file, "below"), ""])
            Assert.StartsWith(
                $"--cache {folder}: ",
                Assert.Throws<RefusedException>(() => ResultCache.In(folder)).Message,
                StringComparison.Ordinal
            );
    }
}
