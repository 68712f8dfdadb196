using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>The ways to misuse <c>[TensorTree]</c>; each names what it found and what it expected.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotARecord = Rule(
        "AD0001",
        "A tensor tree must be a record",
        "[TensorTree] is on '{0}', which is not a record; expected 'partial record' or 'partial record struct'"
    );

    public static readonly DiagnosticDescriptor NotPartial = Rule(
        "AD0002",
        "A tensor tree and the types around it must be partial",
        "'{0}' is not partial, so [TensorTree] cannot add to '{1}'; expected 'partial' on it"
    );

    public static readonly DiagnosticDescriptor NoParameters = Rule(
        "AD0003",
        "A tensor tree must have positional parameters",
        "'{0}' has no positional parameters, so no leaves; expected one for each tensor or tree, as in 'record {0}(Tensor Weight)'"
    );

    public static readonly DiagnosticDescriptor UnsupportedType = Rule(
        "AD0004",
        "A parameter of a tensor tree must be a tree or a setting",
        "Parameter '{0}' of '{1}' has type '{2}', which is neither a tree nor a setting; expected Tensor, a type marked [TensorTree] or implementing ITensorTree of itself, a number, bool, string or enum, or ImmutableArray of these"
    );

    public static readonly DiagnosticDescriptor UnconstrainedTypeParameter = Rule(
        "AD0005",
        "A type parameter used in a tensor tree must be constrained to be a tree",
        "Parameter '{0}' of '{1}' has type '{2}', which need not be a tree; expected the constraint 'where {2} : ITensorTree<{2}>'"
    );

    public static readonly DiagnosticDescriptor InheritedParameters = Rule(
        "AD0006",
        "A tensor tree must not inherit parameters",
        "'{0}' inherits from '{1}', whose constructor has parameters; expected all leaves in one record, holding '{1}' as a parameter instead"
    );

    public static readonly DiagnosticDescriptor AbstractRecord = Rule(
        "AD0007",
        "A tensor tree must not be abstract",
        "'{0}' is abstract, so it cannot be rebuilt; expected [TensorTree] on the records that derive from it"
    );

    public static readonly DiagnosticDescriptor FileLocal = Rule(
        "AD0008",
        "A tensor tree must not be file-local",
        "'{0}' is file-local, so generated code cannot reach '{1}'; expected 'internal', 'private' or 'public'"
    );

    public static readonly DiagnosticDescriptor StateOutsideParameters = Rule(
        "AD0009",
        "A tensor tree's state must be in its positional parameters",
        "'{0}' of '{1}' is not a positional parameter, so rebuilding would lose its value; expected a positional parameter, or a member without 'set' or 'init' derived from them"
    );

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "AutoDiff", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
