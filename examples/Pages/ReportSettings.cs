namespace AutoDiff.Examples.Pages;

/// <summary>What all experiments of a report are told.</summary>
/// <param name="Seed">The number that all draws come from.</param>
/// <param name="IsWhole">Whether they take the sizes of the sources.</param>
/// <param name="Data">The folder that holds the folders mnist and fashion-mnist; null where none was given.</param>
internal sealed record ReportSettings(ulong Seed, bool IsWhole, string? Data)
{
    /// <summary>The command that runs one experiment alone, as a shell takes it.</summary>
    /// <param name="name">The experiment's name.</param>
    /// <param name="usesData">Whether it asks for the data.</param>
    public string Command(string name, bool usesData) =>
        string.Join(
            ' ',
            (string[])
                [
                    $"dotnet run -c Release --project examples -- {name}",
                    .. IsWhole ? ["--whole"] : Array.Empty<string>(),
                    $"--seed {Seed}",
                    .. usesData && Data is { } folder ? [$"--data {Quoted(folder)}"] : Array.Empty<string>(),
                ]
        );

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
