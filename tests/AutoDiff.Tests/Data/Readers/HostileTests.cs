using System.Globalization;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

/// <summary>Whatever the damage, a file is read to what its bytes can hold or refused, and nothing else is thrown.</summary>
/// <remarks>AUTODIFF_HOSTILE says how many files are tried with each reader; the benchmarks' command <c>hostile</c> tries a million.</remarks>
public class HostileTests(ITestOutputHelper output)
{
    private const string Default = "600";

    public static TheoryData<string> Readers => [.. HostileReader.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Damaged_files_are_read_right_or_refused(string name)
    {
        var count = long.Parse(Environment.GetEnvironmentVariable("AUTODIFF_HOSTILE") ?? Default, CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var files = new HostileFiles();
        files.Run(HostileReader.All.Single(reader => reader.Name == name), 0, count, folder.Path);
        output.WriteLine($"{name}: {files.Read} read, {files.Refused} refused, at most {files.Largest.Bytes} bytes allocated");
        Assert.Equal(count, files.Read + files.Refused);
        Assert.InRange(files.Refused, count / 10, count);
    }
}
