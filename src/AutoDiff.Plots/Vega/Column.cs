using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Plots;

/// <summary>A column of a mark's data: numbers, or words.</summary>
/// <param name="Name">What it holds: <c>x</c>, <c>height</c>, <c>category</c>, …</param>
/// <param name="Numbers">Empty where it holds words.</param>
/// <param name="Words">Empty where it holds numbers.</param>
public sealed record Column(string Name, ImmutableArray<double> Numbers, ImmutableArray<string> Words)
{
    internal Column(string name, ImmutableArray<double> numbers)
        : this(name, numbers, []) { }

    internal int Count => Math.Max(Numbers.Length, Words.Length);

    internal string Text(int row) => Words.IsEmpty ? Numbers[row].ToString("R", CultureInfo.InvariantCulture) : Words[row];
}
