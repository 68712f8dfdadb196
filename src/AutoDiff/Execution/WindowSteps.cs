using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>A reduction over short windows side by side, row by row and then along the rows: each element is read once, where it lies.</summary>
internal sealed class WindowReduceStep<T>(Reduction kind, Ints axes, View source, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FoldKernel<T> _fold = Reductions.Of(kind).Fold!.Kernel.For<T>();
    private readonly WindowRows _rows = new(source.Shape, axes);
    private readonly View[] _operands = [source];

    public override int ScratchSize => 2 * _rows.Windows * _rows.Each;

    public override int Parts => _rows.Parts;

    public override Storage Target => target;

    public override bool CanFail => false;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame) => Run(frame, _rows.All);

    public override void RunPart(Frame<T> frame, int part) => Run(frame, _rows.Part(part));

    public override string ToString() => $"{kind} of windows {source.Shape} to {target.Size}";

    private void Run(Frame<T> frame, (int From, int To) chunks)
    {
        ref var x = ref Array(frame, source.Storage)[At(source)];
        ref var y = ref Array(frame, target)[target.Start];
        ref var folded = ref MemoryMarshal.GetArrayDataReference(frame.Memory[Frame<T>.Scratch]);
        ref var phases = ref Unsafe.Add(ref folded, _rows.Windows * _rows.Each);
        for (var chunk = chunks.From; chunk < chunks.To; chunk++)
        {
            var (offset, window, rows, columns) = _rows.Chunk(chunk);
            var windows = rows * columns;
            ref var to = ref Unsafe.Add(ref y, window);
            _fold.Taps(ref Unsafe.Add(ref x, offset), _rows.Distance, rows, _rows.Taps, ref folded, columns * _rows.Each);
            WindowLoops<T>.Split(ref folded, windows, _rows.Each, ref phases);
            MemoryMarshal.CreateSpan(ref to, windows).Fill(_fold.Start);
            _fold.Rows(ref phases, windows, _rows.Each, ref to, windows);
        }
    }
}

/// <summary>What elements that a value was chosen from get of its cotangent: the tied ones in equal parts, all others a zero.</summary>
internal sealed class TieStep<T>(Ints axes, View source, View chosen, View cotangent, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowRows _rows = new(source.Shape, axes);
    private readonly View[] _operands = [source, chosen, cotangent];

    public override int ScratchSize => _rows.Windows * (3 + (4 * _rows.Each));

    public override int Parts => _rows.Parts;

    public override Storage Target => target;

    public override bool CanFail => false;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame) => Run(frame, _rows.All);

    public override void RunPart(Frame<T> frame, int part) => Run(frame, _rows.Part(part));

    public override string ToString() => $"Ties of windows {source.Shape} by {chosen.Shape}";

    private void Run(Frame<T> frame, (int From, int To) chunks)
    {
        var (each, distance, taps) = (_rows.Each, _rows.Distance, _rows.Taps);
        ref var x = ref Array(frame, source.Storage)[At(source)];
        ref var values = ref Array(frame, chosen.Storage)[At(chosen)];
        ref var g = ref Array(frame, cotangent.Storage)[At(cotangent)];
        ref var y = ref Array(frame, target)[target.Start];
        // Of the windows of a chunk: three numbers each, then four for each element of a row.
        var most = _rows.Windows;
        ref var ties = ref MemoryMarshal.GetArrayDataReference(frame.Memory[Frame<T>.Scratch]);
        ref var tied = ref Unsafe.Add(ref ties, most);
        ref var other = ref Unsafe.Add(ref tied, most);
        ref var value = ref Unsafe.Add(ref other, most);
        ref var first = ref Unsafe.Add(ref value, most * each);
        ref var second = ref Unsafe.Add(ref first, most * each);
        ref var counts = ref Unsafe.Add(ref second, most * each);
        for (var chunk = chunks.From; chunk < chunks.To; chunk++)
        {
            var (offset, window, rows, columns) = _rows.Chunk(chunk);
            var (windows, length) = (rows * columns, columns * each);
            ref var from = ref Unsafe.Add(ref x, offset);
            WindowLoops<T>.Repeat(ref Unsafe.Add(ref values, window), windows, each, ref value);
            WindowLoops<T>.CountTies(ref from, distance, rows, taps, ref value, ref first, length);
            WindowLoops<T>.Split(ref first, windows, each, ref counts);
            MemoryMarshal.CreateSpan(ref ties, windows).Clear();
            Sum.Rows(ref counts, windows, each, ref ties, windows);
            WindowLoops<T>.Divide(ref ties, ref Unsafe.Add(ref g, window), ref tied, ref other, windows);
            WindowLoops<T>.Repeat(ref tied, windows, each, ref first);
            WindowLoops<T>.Repeat(ref other, windows, each, ref second);
            WindowLoops<T>.Share(ref from, distance, rows, taps, ref value, ref first, ref second, ref Unsafe.Add(ref y, offset), length);
        }
    }

    private static FoldKernel<T> Sum => Folds.Sum.For<T>();
}
