using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff.Examples.Pages;

/// <summary>Results of earlier runs, a file each, found by their keys.</summary>
/// <remarks>A file that is damaged, or holds anything else, counts as none. Of each experiment's files only the latest are kept.</remarks>
internal sealed class ResultCache
{
    /// <summary>How many files of an experiment are kept: quick and whole, with and without data, before and after a change.</summary>
    public const int MostOfOne = 8;

    private readonly string _folder;

    private ResultCache(string folder) => _folder = folder;

    /// <summary>Where results are kept unless told otherwise: among the user's own files, or else the system's temporary ones.</summary>
    public static string StandardFolder()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(own.Length > 0 ? own : Path.GetTempPath(), "autodiff", "report");
    }

    /// <summary>The results in a folder, which is made where there is none.</summary>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static ResultCache In(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using (new FileStream(Beside(folder), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
            return new(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"--cache {folder}: cannot be written: {problem.Message}", problem);
        }
    }

    /// <summary>The result of an earlier run with this key; null where there is none.</summary>
    public Result? Find(string name, string key) => Read(Place(name, key)) is { } entry && entry.Key == key ? entry.Result : null;

    /// <summary>How long the latest run of an experiment took, whatever its key; null where there is none.</summary>
    public double? LastSeconds(string name, bool isWhole) =>
        OfOne(name).Select(file => Read(file.FullName)).FirstOrDefault(entry => entry?.IsWhole == isWhole)?.Result.Seconds;

    /// <summary>Keeps a result.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Keep(string name, string key, bool isWhole, Result result)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new CacheEntry(key, isWhole, result), CacheJson.Default.CacheEntry);
        var beside = Beside(_folder);
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Checksum(content));
                stream.Write(content);
            }
            File.Move(beside, Place(name, key), overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
        foreach (var old in OfOne(name).Skip(MostOfOne))
            old.Delete();
    }

    private IEnumerable<FileInfo> OfOne(string name) =>
        Directory.Exists(_folder)
            ? new DirectoryInfo(_folder).EnumerateFiles($"{name}.*.json").OrderByDescending(file => file.LastWriteTimeUtc)
            : [];

    private static CacheEntry? Read(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path).AsSpan();
            var end = content.IndexOf((byte)'\n') + 1;
            return content[..end].SequenceEqual(Checksum(content[end..]))
                ? JsonSerializer.Deserialize(content[end..], CacheJson.Default.CacheEntry)
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The first line of a file: the hash of the rest.</summary>
    private static byte[] Checksum(ReadOnlySpan<byte> content) =>
        System.Text.Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(content))}\n")
        );

    private string Place(string name, string key) => Path.Combine(_folder, $"{name}.{key[..32]}.json");

    private static string Beside(string folder) => Path.Combine(folder, $".autodiff-{Guid.NewGuid():N}");
}

/// <summary>A file of the cache.</summary>
/// <param name="Key">The run's key.</param>
/// <param name="IsWhole">Whether it was of the sources' sizes.</param>
/// <param name="Result">What came out.</param>
internal sealed record CacheEntry(string Key, bool IsWhole, Result Result);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheJson : JsonSerializerContext;
