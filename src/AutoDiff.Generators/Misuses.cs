using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>The ways to misuse tensors and keys that compile; each says what to write instead.</summary>
internal static class Misuses
{
    public static readonly DiagnosticDescriptor Equality = Rule(
        "AD0010",
        "Tensors are compared by reference",
        "{0} asks whether two values of type '{1}' hold the same nodes of a graph, not whether they hold the same numbers; expected Ops.Equal for a mask, Item() or ToArray() for numbers, ReferenceEquals for nodes"
    );

    public static readonly DiagnosticDescriptor ValueWhileTracing = Rule(
        "AD0011",
        "A traced tensor has no value yet",
        "'{0}' asks for a value inside a function given to '{1}', which runs it once without any values; expected operations on tensors, as in Where for a branch and Ops for System.Math"
    );

    public static readonly DiagnosticDescriptor UnusedResult = Rule(
        "AD0012",
        "The result of a pure function is not used",
        "'{0}' does nothing but give a result, which is not used; expected it to be assigned, returned or passed on"
    );

    public static readonly DiagnosticDescriptor KeyReuse = Rule(
        "AD0013",
        "A key is drawn from more than once",
        "'{0}' was drawn from before, so that '{1}' gives numbers made of the same random bits; expected a key of its own for each draw, by '{0}.Split()' or '{0}.FoldIn(n)'"
    );

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "AutoDiff", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
