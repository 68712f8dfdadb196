using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>Tells trees, settings, and arrays of them, from everything else.</summary>
internal sealed class TypeShapes(INamedTypeSymbol? tree, INamedTypeSymbol? array)
{
    public static TypeShapes Of(Compilation compilation) =>
        new(compilation.GetTypeByMetadataName(Symbols.Interface), compilation.GetTypeByMetadataName(Symbols.Array));

    /// <summary>What a parameter of the type holds; or no kind and the rule that is broken, null where the compiler reports the type itself.</summary>
    public TypeShape Read(ITypeSymbol type)
    {
        if (
            type is INamedTypeSymbol { IsGenericType: true } named
            && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, array)
        )
            return Read(named.TypeArguments[0]).InArray();
        if (IsSetting(type))
            return TypeShape.Of(MemberKind.Setting);
        var isOptional = type.NullableAnnotation == NullableAnnotation.Annotated;
        // A type parameter may stand for a struct, whose null is another type.
        if (IsTree(type) && !(isOptional && !type.IsReferenceType))
            return TypeShape.Of(isOptional ? MemberKind.Optional : MemberKind.Tree);
        var rule = type.TypeKind switch
        {
            TypeKind.Error => null,
            TypeKind.TypeParameter when !isOptional => Rules.UnconstrainedTypeParameter,
            _ => Rules.UnsupportedType,
        };
        return TypeShape.Not(rule, type.ToDisplayString(TypeNames.Short));
    }

    private static bool IsSetting(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? IsSetting(nullable.TypeArguments[0])
            : type.TypeKind == TypeKind.Enum
                || type.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double);

    private bool IsTree(ITypeSymbol type) =>
        type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.Any(constraint =>
                IsTreeOf(constraint, type) || constraint.AllInterfaces.Any(face => IsTreeOf(face, type))
            )
            : Symbols.Mark(type) is not null || IsTreeOf(type, type) || type.AllInterfaces.Any(face => IsTreeOf(face, type));

    private bool IsTreeOf(ITypeSymbol face, ITypeSymbol self) =>
        face is INamedTypeSymbol named
        && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, tree)
        && SymbolEqualityComparer.Default.Equals(named.TypeArguments[0], self);
}

/// <summary>What a type holds as a parameter of a tree.</summary>
/// <param name="Kind">What it holds; null for what no tree may.</param>
/// <param name="ArrayDepth">How many immutable arrays are around that.</param>
/// <param name="Rule">The rule that is broken where there is no kind; null where the compiler reports the type itself.</param>
/// <param name="Culprit">The type that breaks it.</param>
internal readonly record struct TypeShape(MemberKind? Kind, int ArrayDepth, DiagnosticDescriptor? Rule, string Culprit)
{
    public static TypeShape Of(MemberKind kind) => new(kind, 0, null, "");

    public static TypeShape Not(DiagnosticDescriptor? rule, string culprit) => new(null, 0, rule, culprit);

    public TypeShape InArray() => this with { ArrayDepth = ArrayDepth + 1 };
}
