using AutoDiff.Laws;
using FsCheck;
using Xunit;
using Check = AutoDiff.Laws.Check;

namespace AutoDiff.Properties;

/// <summary>Runs laws from seeds that depend on the case's name, so that runs repeat; AUTODIFF_SEED takes their place.</summary>
internal static class Run
{
    public static void Holds<TCase>(Law<TCase> law, Arbitrary<TCase> cases, string name, int count) =>
        Check.That(
            law,
            cases,
            count,
            (Seed.FromEnvironment() ?? Seed.Named($"{law.Name} of {name}")).ToString(),
            line => TestContext.Current.TestOutputHelper?.WriteLine(line)
        );
}
