using System.Collections.Concurrent;

namespace AutoDiff;

/// <summary>What <see cref="Op.Scan"/> repeats: a closed subgraph of invariants, carries and a slice of each stacked argument, which gives the next carries and a slice of each result.</summary>
/// <remarks>Equal by reference. The result is one vector: the last carries and then the stacked results, each in row-major order.</remarks>
public sealed class Loop
{
    private readonly int[] _starts;

    internal Loop(Body body, int invariants, int carries, int length, bool reverse, Loop? root = null)
    {
        (Body, InvariantCount, CarryCount, Length, Reverse, Root) = (body, invariants, carries, length, reverse, root ?? this);
        _starts = new int[body.Outputs.Length];
        var size = 0L;
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = (int)Math.Min(size, int.MaxValue);
            size += (long)body.Outputs[i].Shape.Size * (i < carries ? 1 : length);
        }
        Packed = Shape.Result("Scan", [size]);
    }

    /// <summary>How many steps there are.</summary>
    public int Length { get; }

    /// <summary>Whether the steps run from the last slice to the first.</summary>
    public bool Reverse { get; }

    /// <summary>One step: (invariants, carries, slices) → (next carries, slices of the results).</summary>
    internal Body Body { get; }

    internal int InvariantCount { get; }

    internal int CarryCount { get; }

    /// <summary>The loop whose results this one's begin with, by the same inputs of the body; itself where there is none.</summary>
    internal Loop Root { get; }

    /// <summary>The result's shape.</summary>
    internal Shape Packed { get; }

    internal ReadOnlySpan<Input> Invariants => Body.Inputs.AsSpan(0, InvariantCount);

    internal ReadOnlySpan<Input> Carries => Body.Inputs.AsSpan(InvariantCount, CarryCount);

    internal ReadOnlySpan<Input> Slices => Body.Inputs.AsSpan(InvariantCount + CarryCount);

    /// <summary>The carries' and slices' inputs: what changes from step to step.</summary>
    internal Input[] Moving => Body.Inputs[InvariantCount..];

    internal ReadOnlySpan<Tensor> Next => Body.Outputs.AsSpan(0, CarryCount);

    /// <summary>The slices of the results.</summary>
    internal ReadOnlySpan<Tensor> Ys => Body.Outputs.AsSpan(CarryCount);

    /// <summary>What derivative rules have split the body into, by what they were asked for.</summary>
    internal ConcurrentDictionary<string, LoopSplit> Splits { get; } = new(StringComparer.Ordinal);

    /// <summary>The loop over a batch, by which arguments have one.</summary>
    internal ConcurrentDictionary<string, Loop> Batched { get; } = new(StringComparer.Ordinal);

    /// <summary>Where an output begins in the packed result.</summary>
    internal int Start(int output) => _starts[output];

    /// <summary>The shape of a carry, or of a stacked result.</summary>
    internal Shape Shaped(int output) => output < CarryCount ? Body.Outputs[output].Shape : Body.Outputs[output].Shape.Insert(0, Length);

    /// <summary>The same steps with further results.</summary>
    internal Loop With(IReadOnlyCollection<Tensor> ys) =>
        ys.Count == 0 ? this : new(new(Body.Inputs, [.. Body.Outputs, .. ys]), InvariantCount, CarryCount, Length, Reverse, Root);
}

/// <summary>A derivative's body apart from what it reads of the loop's own steps.</summary>
/// <param name="Extended">The loop, with what is read among its results.</param>
/// <param name="Stored">Which of the results are read.</param>
/// <param name="Residuals">The inputs that stand for one step's slice of each.</param>
/// <param name="Directions">For each input, or each output, of the loop's body the derivative's own; null where it has none.</param>
/// <param name="Outputs">For each output, or each input, of the loop's body its derivative; null where that is 0.</param>
internal sealed record LoopSplit(Loop Extended, int[] Stored, Input[] Residuals, Input?[] Directions, Tensor?[] Outputs);
