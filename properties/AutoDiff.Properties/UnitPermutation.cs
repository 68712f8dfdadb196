using AutoDiff.Laws;
using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>Where the hidden units of a net lie in its parameters.</summary>
/// <param name="Count">How many hidden units there are, at least 2.</param>
/// <param name="Axes">The parameters that have the units on an axis: name, axis, and how many blocks of units lie one after another there, as the four gates of an LSTM.</param>
public sealed record UnitPermutation(int Count, params (string Name, int Axis, int Blocks)[] Axes)
{
    /// <summary>The parameters with unit i where unit i + 1 was, the last first.</summary>
    public TensorMap Rolled(TensorMap parameters)
    {
        foreach (var (name, axis, blocks) in Axes)
        {
            var places = Enumerable.Range(0, blocks * Count).Select(i => (i / Count * Count) + ((i + 1) % Count));
            parameters = parameters.With(
                name,
                Gather(parameters[name], Tensors.Constant([.. places.Select(i => (double)i)], [blocks * Count]), axis)
            );
        }
        return parameters;
    }
}
