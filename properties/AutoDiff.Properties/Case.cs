using AutoDiff.Laws;
using FsCheck;

namespace AutoDiff.Properties;

/// <summary>One row: a function of one tensor that goes through the method it is named after.</summary>
/// <param name="Name">The method's name; then, after a colon, what is varied.</param>
/// <param name="Function">The function, every other argument held constant.</param>
/// <param name="Points">Where it is differentiable, with room for a difference's step.</param>
/// <param name="Kind">Which laws apply.</param>
public sealed record Case(string Name, Func<Tensor, Tensor> Function, Arbitrary<Tensor> Points, Kind Kind = Kind.Differentiable)
{
    /// <summary>The method's name.</summary>
    public string Method => Name.Split(':')[0];

    public Arbitrary<Trial> Trials => Laws.Trials.Of(Function, Points, Name);
}
