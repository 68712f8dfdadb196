using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators;

/// <summary>Questions about symbols.</summary>
internal static class Symbols
{
    public const string Attribute = "AutoDiff.TensorTreeAttribute";
    public const string Interface = "AutoDiff.ITensorTree`1";
    public const string Array = "System.Collections.Immutable.ImmutableArray`1";

    /// <summary>A type with its declaration in this compilation, containing types first.</summary>
    public static IEnumerable<INamedTypeSymbol> FromOutermost(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? FromOutermost(outer).Append(type) : [type];

    public static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        Declarations(type, cancellation).Any(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    public static AttributeData? Mark(ITypeSymbol type) =>
        type
            .OriginalDefinition.GetAttributes()
            .FirstOrDefault(attribute => string.Equals(attribute.AttributeClass?.ToDisplayString(), Attribute, StringComparison.Ordinal));

    /// <summary>The constructor that the positional parameters declare; null where there are none.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.InstanceConstructors.FirstOrDefault(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax)
        );

    /// <summary>The nearest base type that is constructed from something, other than a copy of itself.</summary>
    public static INamedTypeSymbol? BaseWithParameters(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is { SpecialType: SpecialType.None }; candidate = candidate.BaseType)
        {
            if (candidate.InstanceConstructors.Any(constructor => constructor.Parameters.Length > 0 && !IsCopy(constructor)))
                return candidate;
        }
        return null;
    }

    /// <summary>Whether a member holds state of its own: a field, or the hidden field of a property that can be set.</summary>
    public static bool IsSettableState(ISymbol member) =>
        member switch
        {
            { IsStatic: true } => false,
            IFieldSymbol field => field is { IsImplicitlyDeclared: false, IsReadOnly: false, IsConst: false },
            IPropertySymbol { SetMethod: not null, IsImplicitlyDeclared: false } property => property
                .ContainingType.GetMembers()
                .OfType<IFieldSymbol>()
                .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
            _ => false,
        };

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);
}
