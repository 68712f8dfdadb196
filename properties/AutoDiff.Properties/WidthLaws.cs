using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>The same bits at every register width: the test runs itself in a process with narrower registers and compares.</summary>
public sealed class WidthLaws
{
    // Where this names a file, the process writes its digests there and compares nothing.
    private const string FileVariable = "AUTODIFF_DIGESTS";

    [Fact]
    public async Task Registers_of_256_bits_give_the_bits_of_512()
    {
        if (Written(Digests.All))
            return;
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "needs registers of 512 bits, to compare them with 256");
        await Compare(nameof(Registers_of_256_bits_give_the_bits_of_512), Digests.All, "DOTNET_EnableAVX512");
    }

    [Fact]
    public async Task Without_fused_multiply_add_what_has_no_products_keeps_its_bits()
    {
        if (Written(Digests.WithoutProducts))
            return;
        Assert.SkipUnless(Fma.IsSupported, "needs a processor with fused multiply-add, to compare with one without");
        await Compare(nameof(Without_fused_multiply_add_what_has_no_products_keeps_its_bits), Digests.WithoutProducts, "DOTNET_EnableAVX2");
    }

    private static bool Written(Func<IEnumerable<(string Name, ulong Digest)>> digests)
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file)
            return false;
        File.WriteAllLines(file, Lines(digests));
        return true;
    }

    private static IEnumerable<string> Lines(Func<IEnumerable<(string Name, ulong Digest)>> digests) =>
        digests().Select(line => $"{line.Digest:x16} {line.Name}");

    private static async Task Compare(string test, Func<IEnumerable<(string Name, ulong Digest)>> digests, string switchedOff)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["--filter-method", $"*{test}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { [switchedOff] = "0", [FileVariable] = file },
            };
            using var child = Process.Start(start)!;
            var output = child.StandardOutput.ReadToEndAsync();
            var errors = child.StandardError.ReadToEndAsync();
            string[] expected = [.. Lines(digests)];
            await child.WaitForExitAsync();
            Assert.True(
                child.ExitCode == 0,
                $"the process with {switchedOff}=0 ended with {child.ExitCode}:\n{await output}{await errors}"
            );
            Assert.Equal(expected, File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
