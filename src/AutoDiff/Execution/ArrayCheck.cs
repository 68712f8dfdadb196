using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>Refuses a caller's arrays that do not fit a graph's inputs and outputs, before anything is written: in linear time, and nothing allocated once warm.</summary>
internal sealed class ArrayCheck
{
    private readonly Input[] _inputs;
    private readonly Shape[] _outputs;
    private int[]? _spare;

    public ArrayCheck(Graph graph)
    {
        _inputs = Array.ConvertAll(graph.Inputs.ToArray(), id => (Input)graph.Nodes[id]);
        _outputs = Array.ConvertAll(graph.Outputs.ToArray(), id => graph.Nodes[id].Shape);
    }

    /// <exception cref="ArgumentException">An array is missing, has the wrong length, or is written and given a second time.</exception>
    public void Require<T>(ReadOnlySpan<T[]> inputs, ReadOnlySpan<T[]> outputs)
    {
        AutoDiff.Require.That(inputs.Length == _inputs.Length, $"[Run] got {inputs.Length} inputs; expected {_inputs.Length}");
        AutoDiff.Require.That(outputs.Length == _outputs.Length, $"[Run] got {outputs.Length} output arrays; expected {_outputs.Length}");
        for (var i = 0; i < inputs.Length; i++)
        {
            AutoDiff.Require.That(
                inputs[i]?.Length == _inputs[i].Shape.Size,
                $"[Run] input {i}, \"{_inputs[i].Name}\" of shape {_inputs[i].Shape}, got {inputs[i]?.Length ?? 0} elements; expected {_inputs[i].Shape.Size}"
            );
        }
        for (var i = 0; i < outputs.Length; i++)
        {
            AutoDiff.Require.That(
                outputs[i]?.Length == _outputs[i].Size,
                $"[Run] output {i} of shape {_outputs[i]} got an array of {outputs[i]?.Length ?? 0} elements; expected {_outputs[i].Size}"
            );
        }
        RequireDistinct(inputs, outputs);
    }

    // Steps write outputs while inputs are still read. A table of the outputs by reference finds an array that is met again.
    private void RequireDistinct<T>(ReadOnlySpan<T[]> inputs, ReadOnlySpan<T[]> outputs)
    {
        var table = Interlocked.Exchange(ref _spare, null) ?? new int[BitOperations.RoundUpToPowerOf2(2 * (uint)outputs.Length + 1)];
        table.AsSpan().Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            ref var entry = ref Entry(table, outputs, outputs[i]);
            if (entry > 0 && outputs[i].Length > 0)
                AutoDiff.Require.That(
                    false,
                    $"[Run] the array of output {i} is also another output's, {entry - 1}; expected one of its own"
                );
            entry = i + 1;
        }
        for (var i = 0; i < inputs.Length; i++)
        {
            var entry = Entry(table, outputs, inputs[i]);
            if (entry > 0 && inputs[i].Length > 0)
                AutoDiff.Require.That(
                    false,
                    $"[Run] the array of output {entry - 1} is also an input's, {i} \"{_inputs[i].Name}\"; expected one of its own"
                );
        }
        Volatile.Write(ref _spare, table);
    }

    /// <summary>The entry of an array: one more than the output whose array it is, or 0 where it is none's yet.</summary>
    private static ref int Entry<T>(int[] table, ReadOnlySpan<T[]> outputs, T[] array)
    {
        var mask = table.Length - 1;
        var at = RuntimeHelpers.GetHashCode(array) & mask;
        while (table[at] > 0 && !ReferenceEquals(outputs[table[at] - 1], array))
            at = (at + 1) & mask;
        return ref table[at];
    }
}
