using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Theory rows: a case's name and a law's.</summary>
internal static class Rows
{
    public static TheoryData<string, string> Of(IEnumerable<Case> cases, Func<Case, IEnumerable<Law<Trial>>> laws)
    {
        var rows = new TheoryData<string, string>();
        foreach (var row in cases)
        {
            foreach (var law in laws(row))
                rows.Add(row.Name, law.Name);
        }
        return rows;
    }

    public static Law<TCase> Named<TCase>(string name, IEnumerable<Law<TCase>> laws) =>
        laws.Single(law => law.Name.Equals(name, StringComparison.Ordinal));
}
