using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>Tells trees, and arrays of them, from everything else.</summary>
internal sealed class TypeShapes(INamedTypeSymbol? tree, INamedTypeSymbol? array)
{
    public static TypeShapes Of(Compilation compilation) =>
        new(compilation.GetTypeByMetadataName(Symbols.Interface), compilation.GetTypeByMetadataName(Symbols.Array));

    /// <summary>How many arrays are around a tree; or −1 with the rule that is broken, null where the compiler reports the type itself.</summary>
    public (int Depth, DiagnosticDescriptor? Rule, string Culprit) Read(ITypeSymbol type)
    {
        if (type.NullableAnnotation == NullableAnnotation.Annotated)
            return (-1, Rules.UnsupportedType, type.ToDisplayString(TypeNames.Short));
        if (
            type is INamedTypeSymbol { IsGenericType: true } named
            && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, array)
        )
        {
            var element = Read(named.TypeArguments[0]);
            return element.Depth >= 0 ? (element.Depth + 1, null, "") : element;
        }
        if (IsTree(type))
            return (0, null, "");
        var rule = type.TypeKind switch
        {
            TypeKind.Error => null,
            TypeKind.TypeParameter => Rules.UnconstrainedTypeParameter,
            _ => Rules.UnsupportedType,
        };
        return (-1, rule, type.ToDisplayString(TypeNames.Short));
    }

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
