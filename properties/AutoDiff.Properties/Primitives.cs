using System.Reflection;

namespace AutoDiff.Properties;

/// <summary>All that a node can compute, by the names that nodes show: the ops of the closed hierarchy, those over an enum by its members.</summary>
internal static class Primitives
{
    public static IReadOnlyList<string> Names { get; } =
    [.. typeof(Op).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Op))).SelectMany(NamesOf)];

    /// <summary>Every argument of every primitive, as many as its known values have.</summary>
    /// <exception cref="InvalidOperationException">A primitive has no known value.</exception>
    public static IEnumerable<(string Op, int Argument)> Arguments() =>
        Names.SelectMany(name => Enumerable.Range(0, Arity(name)).Select(i => (name, i)));

    private static int Arity(string name) =>
        KnownOps
            .All.Where(row => row.Op.Name.Equals(name, StringComparison.Ordinal))
            .Select(row => row.Arguments.Length)
            .DefaultIfEmpty()
            .Max()
            is var arity
                and > 0
            ? arity
            : throw new InvalidOperationException(
                $"[Primitives] {name} has no known value, so nobody knows its arguments: add one to KnownOps*.cs"
            );

    private static IEnumerable<string> NamesOf(Type op) =>
        op.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .FirstOrDefault(property => property.PropertyType.IsEnum)
            is { } kind
            ? Enum.GetNames(kind.PropertyType)
            : [op.Name];
}
