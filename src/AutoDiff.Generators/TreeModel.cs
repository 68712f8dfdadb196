namespace AutoDiff.Generators;

/// <summary>All that the written source depends on; equal by value.</summary>
/// <param name="File">The generated file's name.</param>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Declarations">The declarations to reopen, as in <c>partial record struct State&lt;P&gt;</c>: the containing types, outermost first, then the tree's own.</param>
/// <param name="Name">The tree's simple name, for messages.</param>
/// <param name="Self">The tree's fully qualified type.</param>
/// <param name="Members">The positional parameters, in order.</param>
internal sealed record TreeModel(
    string File,
    string Namespace,
    EquatableArray<string> Declarations,
    string Name,
    string Self,
    EquatableArray<TreeMember> Members
);

/// <summary>A positional parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds, or what the arrays that it is hold.</param>
/// <param name="ArrayDepth">How many immutable arrays are around that: 0 for none.</param>
internal sealed record TreeMember(string Name, MemberKind Kind, int ArrayDepth);

/// <summary>What a positional parameter holds.</summary>
internal enum MemberKind
{
    /// <summary>A tree.</summary>
    Tree,

    /// <summary>A tree or null, which has no leaves.</summary>
    Optional,

    /// <summary>A number, a text or an enum's member: no leaf, but part of the structure.</summary>
    Setting,
}
