using System.Numerics;

namespace AutoDiff;

/// <summary>What is made of each key of contiguous keys [batch…, 8], one after another.</summary>
internal abstract class KeyStep<T>(string operation, View keys, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [keys];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var words = Array(frame, keys.Storage).AsSpan(At(keys), keys.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        var count = words.Length / KeyWords.Count;
        var size = y.Length / Math.Max(1, count);
        for (var i = 0; i < count; i++)
            Run(frame, KeyWords.Key<T>(words.Slice(i * KeyWords.Count, KeyWords.Count), operation), i, y.Slice(i * size, size));
    }

    public override string ToString() => $"{operation} {target.Size} of keys {keys.Shape}";

    /// <summary>What is made of key number <paramref name="i"/>.</summary>
    protected abstract void Run(Frame<T> frame, PhiloxKey key, int i, Span<T> y);

    /// <summary>The part of a contiguous operand [batch…, rest…] that belongs to key number <paramref name="i"/>.</summary>
    protected ReadOnlySpan<T> Part(Frame<T> frame, View operand, int i)
    {
        var size = operand.Shape.Size / (keys.Shape.Size / KeyWords.Count);
        return Array(frame, operand.Storage).AsSpan(At(operand) + (i * size), size);
    }
}

/// <summary>Random numbers of each key.</summary>
internal sealed class DrawStep<T>(Op.Draw op, View keys, Storage target) : KeyStep<T>(op.Name, keys, target)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Drawing<T> _draw = Distributions.Of(op.Kind).In<T>();

    protected override void Run(Frame<T> frame, PhiloxKey key, int i, Span<T> y) => _draw(key, op.First, op.Second, y);
}

/// <summary>Gamma-distributed numbers of each key, of its own concentrations.</summary>
internal sealed class GammaStep<T>(View keys, View concentrations, Storage target) : KeyStep<T>(nameof(Op.Gamma), keys, target)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [keys, concentrations];

    public override ReadOnlySpan<View> Operands => _operands;

    protected override void Run(Frame<T> frame, PhiloxKey key, int i, Span<T> y) => Gammas.Fill(key, Part(frame, concentrations, i), y);
}

/// <summary>The first children of each key.</summary>
internal sealed class SplitKeyStep<T>(int count, View keys, Storage target) : KeyStep<T>(nameof(Op.SplitKey), keys, target)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Run(Frame<T> frame, PhiloxKey key, int i, Span<T> y)
    {
        for (var child = 0; child < count; child++)
            KeyWords.Write(key.Child((uint)child), y.Slice(child * KeyWords.Count, KeyWords.Count));
    }
}

/// <summary>Each key's child of its own number.</summary>
internal sealed class FoldInStep<T>(View keys, View numbers, Storage target) : KeyStep<T>(nameof(Op.FoldIn), keys, target)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [keys, numbers];

    public override ReadOnlySpan<View> Operands => _operands;

    protected override void Run(Frame<T> frame, PhiloxKey key, int i, Span<T> y) =>
        KeyWords.Write(key.FoldIn(KeyWords.Number(Part(frame, numbers, i), nameof(Op.FoldIn))), y);
}
