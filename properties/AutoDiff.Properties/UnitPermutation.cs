using AutoDiff.Laws;
using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>Where the hidden units of a net lie in its parameters and its state.</summary>
/// <param name="Count">How many hidden units there are, at least 2.</param>
/// <param name="Axes">The tensors that have the units on an axis: name, axis, and how many blocks of units lie one after another there, as the four gates of an LSTM.</param>
public sealed record UnitPermutation(int Count, params (string Name, int Axis, int Blocks)[] Axes)
{
    /// <summary>Parameters or state with unit i where unit i + 1 was, the last first.</summary>
    public TensorMap Rolled(TensorMap map)
    {
        foreach (var (name, axis, blocks) in Axes.Where(row => map.TryGet(row.Name, out _)))
        {
            var places = Enumerable.Range(0, blocks * Count).Select(i => (i / Count * Count) + ((i + 1) % Count));
            map = map.With(name, Gather(map[name], Tensors.Constant([.. places.Select(i => (double)i)], [blocks * Count]), axis));
        }
        return map;
    }
}
