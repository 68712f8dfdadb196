using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples.Pages;

/// <summary>Experiments of one source.</summary>
/// <param name="Title">The source.</param>
/// <param name="Rows">The rows of the table of expectations that come from it, in words.</param>
/// <param name="Entries">Its experiments.</param>
internal sealed record Chapter(string Title, string Rows, ImmutableArray<Entry> Entries)
{
    /// <summary>The sources, each with the last row that comes from it.</summary>
    private static readonly ImmutableArray<(int Last, string Title, string Rows)> Books =
    [
        (11, "LeeDL Tutorial, chapter 3: foundations of deep learning", "rows 1 to 11"),
        (17, "Eight problems of training neural networks", "rows 12 to 17"),
        (21, "Deep Learning from Scratch: techniques of learning", "rows 18 to 21"),
        (28, "Math for Deep Learning, chapter 11: gradient descent", "rows 22 to 28"),
    ];

    /// <summary>The chapters that hold any of these, in the order of the sources; an experiment stands where its first row does.</summary>
    public static ImmutableArray<Chapter> Of(ImmutableArray<Entry> entries) =>
        [
            .. entries
                .GroupBy(entry => Place(entry.Experiment.Rows))
                .OrderBy(group => group.Key)
                .Select(group =>
                    group.Key < Books.Length ? new Chapter(Books[group.Key].Title, Books[group.Key].Rows, [.. group])
                    : group.Key == Books.Length ? new Chapter("From the literature", "rows A to F", [.. group])
                    : new Chapter("The library's own", "no row", [.. group])
                ),
        ];

    private static int Place(ImmutableArray<string> rows) =>
        rows.IsEmpty ? Books.Length + 1
        : int.TryParse(rows[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? Books.Count(book => book.Last < row)
        : rows[0].Length == 1 ? Books.Length
        : Books.Length + 1;
}
