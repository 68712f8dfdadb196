using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators;

/// <summary>The library's types, as one compilation sees them.</summary>
internal sealed class Library
{
    private readonly INamedTypeSymbol _tree;
    private readonly INamedTypeSymbol? _transforms;
    private readonly INamedTypeSymbol? _linq;
    private readonly HashSet<INamedTypeSymbol> _pure = new(SymbolEqualityComparer.Default);

    private Library(Compilation compilation, INamedTypeSymbol tensor, INamedTypeSymbol tree)
    {
        (Tensor, _tree) = (tensor, tree);
        _transforms = compilation.GetTypeByMetadataName("AutoDiff.Transforms");
        _linq = compilation.GetTypeByMetadataName("System.Linq.Enumerable");
        Key = compilation.GetTypeByMetadataName("AutoDiff.Key");
        string[] pure =
        [
            "AutoDiff.Ops",
            "AutoDiff.Transforms",
            "AutoDiff.TreeMath",
            "AutoDiff.Tensor",
            "AutoDiff.Key",
            "AutoDiff.Optimization.Optimizers",
            "AutoDiff.Optimization.Schedules",
        ];
        foreach (var name in pure)
        {
            if (compilation.GetTypeByMetadataName(name) is { } type)
                _pure.Add(type);
        }
    }

    public INamedTypeSymbol Tensor { get; }

    public INamedTypeSymbol? Key { get; }

    /// <summary>The library's types; null where it is not referenced.</summary>
    public static Library? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("AutoDiff.Tensor") is { } tensor
        && compilation.GetTypeByMetadataName(Symbols.Interface) is { } tree
            ? new(compilation, tensor, tree)
            : null;

    public bool IsTensor(ITypeSymbol? type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, Tensor))
                return true;
        }
        return false;
    }

    /// <summary>Whether values of the type hold tensors: a tensor, or a tree.</summary>
    public bool IsTree(ITypeSymbol? type) =>
        type is not null
        && (
            IsTensor(type)
            || Symbols.Mark(type) is not null
            || type.AllInterfaces.Any(face => SymbolEqualityComparer.Default.Equals(face.OriginalDefinition, _tree))
            || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsTree))
            || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _tree)
        );

    /// <summary>Whether two values of the type are equal where they hold the same nodes; keys are where they have the same bits.</summary>
    public bool ComparesNodes(ITypeSymbol? type) => IsTree(type) && !IsKey(type);

    public bool IsKey(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, Key);

    /// <summary>Whether calls of the method do nothing but give their result; those that compute may be meant to, as before a measurement.</summary>
    public bool IsPure(IMethodSymbol method) =>
        method is { ReturnsVoid: false, DeclaredAccessibility: Accessibility.Public } // the library's own helpers may be called for their checks
        && !(method.Name is "Evaluate" or "Fold" && SymbolEqualityComparer.Default.Equals(method.ContainingType, _transforms))
        && (method.IsStatic || !IsTensor(method.ContainingType))
        && _pure.Contains(method.ContainingType.OriginalDefinition);

    /// <summary>Whether the method runs the functions that it is given without values.</summary>
    public bool Traces(IMethodSymbol method) =>
        method.Name is "Compile" or "Vmap" && SymbolEqualityComparer.Default.Equals(method.ContainingType, _transforms);

    /// <summary>Whether the method runs the functions that it is given for each element of a sequence.</summary>
    public bool RunsForEach(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, _linq);
}
