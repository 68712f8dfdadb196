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
/// <param name="ArrayDepth">How many immutable arrays are around its trees: 0 for a tree itself.</param>
internal sealed record TreeMember(string Name, int ArrayDepth);
