using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>A name for a run: the hash of all that its result may depend on.</summary>
internal static class RunKey
{
    /// <summary>The key of one experiment's run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="settings">What it is told.</param>
    /// <param name="surroundings">What it runs on.</param>
    /// <param name="data">The data's <see cref="Fingerprint"/>; null for an experiment that does not ask for them.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(Experiment experiment, ReportSettings settings, Surroundings surroundings, string? data) =>
        Hash([
            experiment.Name,
            settings.Seed.ToString(CultureInfo.InvariantCulture),
            settings.IsWhole ? "whole" : "quick",
            surroundings.Runtime,
            surroundings.Processor,
            .. surroundings.Modules.Append(experiment.Run.Method.Module.ModuleVersionId).Distinct().Select(module => module.ToString("N")),
            data is null ? "without data" : $"data {data}",
        ]);

    /// <summary>The files of a folder of data, by names, sizes and times; "none" for no folder.</summary>
    public static string Fingerprint(string? folder)
    {
        if (folder is null)
            return "none";
        var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }; // the sets are folders in it
        return Hash(
            new DirectoryInfo(folder)
                .EnumerateFiles("*", deep)
                .Select(file =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{System.IO.Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}"
                    )
                )
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Lengths stand before the parts, so that no two lists of parts read alike.</summary>
    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}")))
                )
            )
        );
}
