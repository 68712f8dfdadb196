using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators;

/// <summary>Reads a marked type into a model, or into the problems that keep it from being one.</summary>
internal static class TreeReader
{
    public static Finding Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        // A mark repeated on another part is the compiler's error; the first one counts.
        if (
            Symbols.Mark(type)?.ApplicationSyntaxReference is { } mark
            && (mark.SyntaxTree != context.TargetNode.SyntaxTree || !context.TargetNode.Span.Contains(mark.Span))
        )
            return new(null, default);

        var problems = ImmutableArray.CreateBuilder<Problem>();
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        var at = declaration.Identifier.GetLocation();
        if (!type.IsRecord)
            return new(null, new([Problem.At(at, Rules.NotARecord, type.Name)]));

        foreach (var part in Symbols.FromOutermost(type))
        {
            var place = Symbols.Declarations(part, cancellation).First().Identifier.GetLocation();
            if (!Symbols.IsPartial(part, cancellation))
                problems.Add(Problem.At(place, Rules.NotPartial, part.Name, type.Name));
            if (part.IsFileLocal)
                problems.Add(Problem.At(place, Rules.FileLocal, part.Name, type.Name));
        }
        if (type.IsAbstract)
            problems.Add(Problem.At(at, Rules.AbstractRecord, type.Name));
        if (Symbols.BaseWithParameters(type) is { } inherited)
            problems.Add(Problem.At(at, Rules.InheritedParameters, type.Name, inherited.Name));

        var parameters = Symbols.PrimaryConstructor(type, cancellation)?.Parameters ?? [];
        if (parameters.IsEmpty)
            problems.Add(Problem.At(at, Rules.NoParameters, type.Name));
        var names = new HashSet<string>(parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        foreach (var member in type.GetMembers().Where(member => Symbols.IsSettableState(member) && !names.Contains(member.Name)))
            problems.Add(Problem.At(member.Locations.FirstOrDefault(), Rules.StateOutsideParameters, member.Name, type.Name));

        var shapes = TypeShapes.Of(context.SemanticModel.Compilation);
        var members = ImmutableArray.CreateBuilder<TreeMember>();
        foreach (var parameter in parameters)
        {
            var shape = shapes.Read(parameter.Type);
            if (shape.Kind is { } kind)
                members.Add(new(parameter.Name, kind, shape.ArrayDepth));
            else if (shape.Rule is not null)
                problems.Add(Problem.At(Place(parameter, cancellation), shape.Rule, parameter.Name, type.Name, shape.Culprit));
        }
        var complete = problems.Count == 0 && members.Count == parameters.Length;
        return new(complete ? Describe(type, members.ToImmutable()) : null, new(problems.ToImmutable()));
    }

    private static TreeModel Describe(INamedTypeSymbol type, ImmutableArray<TreeMember> members)
    {
        var chain = Symbols.FromOutermost(type).ToImmutableArray();
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(TypeNames.Namespace);
        var path = string.Join(".", chain.Select(part => part.MetadataName.Replace('`', '-')));
        return new(
            $"{(space.Length == 0 ? "" : space.Replace("@", "") + ".")}{path}.TensorTree.g.cs",
            space,
            new([.. chain.Select(TypeNames.Declaration)]),
            type.Name,
            type.ToDisplayString(TypeNames.Full),
            new(members)
        );
    }

    private static Location? Place(IParameterSymbol parameter, CancellationToken cancellation) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is ParameterSyntax { Type: { } written }
            ? written.GetLocation()
            : parameter.Locations.FirstOrDefault();
}
