namespace AutoDiff;

/// <summary>One identity: x → y for every x, NaN, infinities and signed zeros included.</summary>
/// <param name="Name">The identity as a formula.</param>
/// <param name="Op">The type of op that it is about.</param>
/// <param name="Rule">The simpler node that equals op(arguments): an argument, one of the first argument's, or a node built from one of these; null where the identity does not apply.</param>
internal sealed record IdentityRule(string Name, Type Op, IdentityRule.OfArguments Rule)
{
    /// <summary>What an op of some arguments is, more simply.</summary>
    public delegate Tensor? OfArguments(Op op, ReadOnlySpan<Tensor> x);
}
