using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>Tables, each in a box of its own that scrolls where it is too wide, or long.</summary>
internal static class TableBlock
{
    /// <summary>Rows of a table of results that are shown at once on a screen.</summary>
    private const int MostRows = 24;

    /// <summary>What was expected against what came out, a mark and a word before each.</summary>
    public static Html Of(string name, ImmutableArray<Check> checks) =>
        checks.IsEmpty
            ? default
            : Boxed(
                $"{name}-checks",
                "Measured against expected",
                [Head("Comes out", false), Head("What", false), Head("Expected", false), Head("Measured", false)],
                "box checks",
                checks.Select(check =>
                    Html.Of(
                        $"""<td>{Verdict.Badge(check.Holds ? Glance.CameOut : check.Reason is null ? Glance.Failed : Glance.Explained, check.Holds ? "yes" : "no")}</td><th scope="row">{check.What}</th><td>{check.Expected}</td><td>{check.Measured}</td>"""
                    )
                )
            );

    /// <summary>A table of results; columns of numbers stand on the right.</summary>
    public static Html Of(string name, int number, Listing listing)
    {
        bool[] numbers = [.. listing.Columns.Select((_, column) => listing.Rows.All(row => IsNumber(row[column])))];
        return Boxed(
            $"{name}-table-{number}",
            listing.Caption,
            [.. listing.Columns.Select((column, i) => Head(column, numbers[i]))],
            listing.Rows.Length > MostRows ? "box long" : "box",
            listing.Rows.Select(row =>
                Html.Join(
                    row.Select(
                        (cell, i) =>
                            i == 0
                                ? Html.Of($"<th scope=\"row\"{Side(numbers[i])}>{cell}</th>")
                                : Html.Of($"<td{Side(numbers[i])}>{cell}</td>")
                    )
                )
            )
        );
    }

    private static Html Boxed(string id, string caption, ImmutableArray<Html> heads, string style, IEnumerable<Html> rows) =>
        Html.Of(
            $"""
            <p class="caption" id="{id}">{caption}</p>
            <div class="{style}" role="region" aria-labelledby="{id}" tabindex="0">
            <table aria-labelledby="{id}">
            <thead><tr>{Html.Join(heads)}</tr></thead>
            <tbody>
            {Html.Join(rows.Select(row => Html.Of($"<tr>{row}</tr>\n")))}</tbody>
            </table>
            </div>

            """
        );

    private static Html Head(string column, bool isNumber) => Html.Of($"<th scope=\"col\"{Side(isNumber)}>{column}</th>");

    private static Html Side(bool isNumber) => isNumber ? Html.Of($" class=\"number\"") : default;

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
