using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>A table of results.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">What each column holds; the first names the row.</param>
/// <param name="Rows">Its cells, row by row.</param>
internal sealed record Listing(string Caption, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows);
