namespace AutoDiff;

/// <summary>Makes a partial record a tree: the generator writes <see cref="ITensorTree{TSelf}"/> from the record's positional parameters, in their order.</summary>
/// <remarks>
/// Each parameter is a <see cref="Tensor"/>, another tree, an <see cref="System.Collections.Immutable.ImmutableArray{T}"/> of either,
/// or a type parameter constrained to be a tree. One that may be null, as in <c>Tensor? Bias</c>, has no leaves where it is. A number, a <c>bool</c>, a string or an
/// enum is a setting: no leaf, kept by rebuilding, and fixed in a plan. Anything else is reported at compile time.
/// Rebuilding calls the record's constructor, so its checks run; a record derived from a tree would be rebuilt as the tree itself, so seal it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TensorTreeAttribute : Attribute;
