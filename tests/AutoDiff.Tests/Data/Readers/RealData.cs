using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Data;

/// <summary>Published data sets, which lie outside the repository: beside it, or in it where it is copied.</summary>
internal static class RealData
{
    /// <summary>The folder of a set; the test that asks is skipped where it is not there.</summary>
    public static string Folder(string name)
    {
        var folder = new[] { Repository.Root, Path.Combine(Repository.Root, "..") }
            .Select(root => Path.Combine(root, "shared", "data", name))
            .FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, $"shared/data/{name} is not there");
        return folder!;
    }
}
