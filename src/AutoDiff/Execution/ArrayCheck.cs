using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>Refuses a caller's arrays that do not fit a graph's inputs and outputs, before anything is written: in linear time, and nothing allocated once warm.</summary>
internal sealed class ArrayCheck
{
    /// <summary>So few pairs of arrays are compared in less time than a table takes.</summary>
    private const int FewPairs = 64;

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
        if (inputs.Length != _inputs.Length)
            Fail($"got {inputs.Length} inputs; expected {_inputs.Length}");
        if (outputs.Length != _outputs.Length)
            Fail($"got {outputs.Length} output arrays; expected {_outputs.Length}");
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i]?.Length != _inputs[i].Shape.Size)
                Fail(
                    $"input {i}, {Named(i)} of shape {_inputs[i].Shape}, got {inputs[i]?.Length ?? 0} elements; expected {_inputs[i].Shape.Size}"
                );
        }
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i]?.Length != _outputs[i].Size)
                Fail($"output {i} of shape {_outputs[i]} got an array of {outputs[i]?.Length ?? 0} elements; expected {_outputs[i].Size}");
        }
        // Steps write outputs while inputs are still read.
        if ((long)outputs.Length * (inputs.Length + outputs.Length) <= FewPairs)
            CompareEach(inputs, outputs);
        else
            LookUpEach(inputs, outputs);
    }

    private void CompareEach<T>(ReadOnlySpan<T[]> inputs, ReadOnlySpan<T[]> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Length == 0)
                continue;
            for (var j = 0; j < i; j++)
            {
                if (ReferenceEquals(outputs[i], outputs[j]))
                    FailAsOutput(i, j);
            }
            for (var j = 0; j < inputs.Length; j++)
            {
                if (ReferenceEquals(outputs[i], inputs[j]))
                    FailAsInput(i, j);
            }
        }
    }

    private void LookUpEach<T>(ReadOnlySpan<T[]> inputs, ReadOnlySpan<T[]> outputs)
    {
        var table = Interlocked.Exchange(ref _spare, null) ?? new int[BitOperations.RoundUpToPowerOf2((2 * (uint)outputs.Length) + 1)];
        table.AsSpan().Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            ref var entry = ref Entry(table, outputs, outputs[i]);
            if (entry > 0 && outputs[i].Length > 0)
                FailAsOutput(i, entry - 1);
            entry = i + 1;
        }
        for (var i = 0; i < inputs.Length; i++)
        {
            var entry = Entry(table, outputs, inputs[i]);
            if (entry > 0 && inputs[i].Length > 0)
                FailAsInput(entry - 1, i);
        }
        Volatile.Write(ref _spare, table);
    }

    /// <summary>The entry of an array in a table by reference: one more than the output whose array it is, or 0 where it is none's yet.</summary>
    private static ref int Entry<T>(int[] table, ReadOnlySpan<T[]> outputs, T[] array)
    {
        var mask = table.Length - 1;
        var at = RuntimeHelpers.GetHashCode(array) & mask;
        while (table[at] > 0 && !ReferenceEquals(outputs[table[at] - 1], array))
            at = (at + 1) & mask;
        return ref table[at];
    }

    private string Named(int input) => $"\"{_inputs[input].Name}\"";

    private static void FailAsOutput(int output, int other) =>
        Fail($"the array of output {output} is also another output's, {other}; expected one of its own");

    private void FailAsInput(int output, int input) =>
        Fail($"the array of output {output} is also an input's, {input} {Named(input)}; expected one of its own");

    [DoesNotReturn]
    private static void Fail(string problem) => throw new ArgumentException($"[Run] {problem}");
}
