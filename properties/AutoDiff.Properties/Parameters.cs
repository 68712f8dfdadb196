using System.Reflection;

namespace AutoDiff.Properties;

/// <summary>The numbers that an op's record holds, and the same op with others.</summary>
internal static class Parameters
{
    /// <summary>An op's properties that are numbers, truth values or lists of numbers.</summary>
    public static IEnumerable<PropertyInfo> Of(Op op) =>
        op.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && Ways(property) is not null);

    /// <summary>Ways to change a parameter, each with its name.</summary>
    public static IEnumerable<(string Change, Func<Op, Op> Changed)> Changes(PropertyInfo parameter) =>
        Ways(parameter)!.Select(change => (change.Name, (Func<Op, Op>)(op => With(op, parameter, change.Change(parameter.GetValue(op)!)))));

    private static (string Name, Func<object, object> Change)[]? Ways(PropertyInfo parameter) =>
        parameter.PropertyType == typeof(int) ? [("negated", x => -(int)x), ("one more", x => (int)x + 1), ("one less", x => (int)x - 1)]
        : parameter.PropertyType == typeof(bool) ? [("reversed", x => !(bool)x)]
        : parameter.PropertyType == typeof(Ints)
            ?
            [
                ("negated", x => Mapped((Ints)x, value => -value)),
                ("one more", x => Mapped((Ints)x, value => value + 1)),
                ("one less", x => Mapped((Ints)x, value => value - 1)),
                ("backwards", x => Ints.Of([.. ((Ints)x).Reverse()])),
            ]
        : null;

    private static Ints Mapped(Ints list, Func<int, int> change) => Ints.From(list.Count, i => change(list[i]));

    private static Op With(Op op, PropertyInfo parameter, object value)
    {
        var other = (Op)
            op.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!.Invoke(op, [])!;
        parameter.SetValue(other, value);
        return other;
    }
}
