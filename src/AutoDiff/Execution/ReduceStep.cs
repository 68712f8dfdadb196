using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>A reduction of a strided view, in an order that depends on its shape and strides only.</summary>
internal sealed class ReduceStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 512;

    // Below this many elements a result, a vector holds one element of several results rather than several of one.
    private const int Short = 32;

    private readonly Reduction _kind;
    private readonly View _source;
    private readonly Storage _target;
    private readonly View[] _operands;
    private readonly Strided _kept;
    private readonly Strided _reduced;
    private readonly int _count;
    private readonly bool _byRows;
    private readonly bool _together;

    public ReduceStep(Reduction kind, Ints axes, View source, Storage target)
    {
        (_kind, _source, _target, _operands) = (kind, source, target, [source]);
        _kept = Part(source, axes, reduced: false);
        _reduced = Part(source, axes, reduced: true);
        _count = 1;
        foreach (var axis in axes)
            _count *= source.Shape[axis];
        // Rows are added whole where the kept elements lie closer than the reduced ones.
        var row = _kept.Strides[0][^1];
        _byRows = kind != Reduction.LogSumExp && row == 1 && _kept.Lengths[^1] > 1 && _reduced.Strides[0][^1] != 1;
        _together = !_byRows && _count is > 0 and <= Short && target.Size >= 8;
    }

    public override int ScratchSize => _together ? Chunk + (Chunk * _count) : 2 * Chunk;

    public override Storage Target => _target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var source = Array(frame, _source.Storage);
        var target = Array(frame, _target).AsSpan(_target.Root.Start, _target.Size);
        if (_count == 0 || target.Length == 0)
            target.Fill(Start(_kind));
        else if (_byRows)
            Rows(source, target);
        else if (_together)
            Together(source, target, frame.Memory[Frame<T>.Scratch]);
        else
            Elements(source, target, frame.Memory[Frame<T>.Scratch].AsSpan(0, 2 * Chunk));
    }

    public override string ToString() => $"{_kind} {_source.Shape} to {_target.Size}";

    private static Strided Part(View source, Ints axes, bool reduced)
    {
        var (lengths, strides) = (new List<int>(), new List<int>());
        for (var axis = 0; axis < source.Shape.Rank; axis++)
        {
            if (axes.Contains(axis) == reduced)
            {
                lengths.Add(source.Shape[axis]);
                strides.Add(source.Strides[axis]);
            }
        }
        return Strided.Of([.. lengths], [.. strides]);
    }

    private static T Start(Reduction kind) =>
        kind switch
        {
            Reduction.Sum => T.Zero,
            Reduction.Max or Reduction.LogSumExp => T.NegativeInfinity,
            Reduction.Min => T.PositiveInfinity,
        };

    /// <summary>Every row of kept elements combined into the result's row, in order.</summary>
    private void Rows(T[] source, Span<T> target)
    {
        target.Fill(Start(_kind));
        var width = _kept.Lengths[^1];
        for (var done = 0; done < target.Length; done += width)
        {
            var at = At(_source) + Place(_kept, done);
            var row = target.Slice(done, width);
            for (var i = 0; i < _count; )
            {
                // One step at a time along the innermost reduced axis, the others by position.
                var (step, length) = (_reduced.Strides[0][^1], _reduced.Lengths[^1]);
                var from = at + Place(_reduced, i);
                for (var j = 0; j < length; j++, from += step)
                    Combine(_kind, row, source.AsSpan(from, width));
                i += length;
            }
        }
    }

    /// <summary>Many short reductions at once: a tile holds the first elements of all of them, then the second, and so on.</summary>
    private void Together(T[] source, Span<T> target, T[] scratch)
    {
        for (var start = 0; start < target.Length; start += Chunk)
        {
            var results = target.Slice(start, Math.Min(Chunk, target.Length - start));
            var tile = scratch.AsSpan(Chunk, results.Length * _count);
            for (var i = 0; i < _count; i++)
                _kept.Read(source, At(_source) + Place(_reduced, i), start, tile.Slice(i * results.Length, results.Length));
            var shift = _kind == Reduction.LogSumExp ? scratch.AsSpan(0, results.Length) : results;
            FoldRows(_kind == Reduction.LogSumExp ? Reduction.Max : _kind, tile, shift);
            if (_kind == Reduction.LogSumExp)
                LogSumExpRows(tile, shift, results);
        }
    }

    private static void FoldRows(Reduction kind, ReadOnlySpan<T> tile, Span<T> results)
    {
        tile[..results.Length].CopyTo(results);
        if (kind == Reduction.Sum)
        {
            var zero = T.Zero; // a sum starts at 0: of −0 it is 0
            Zip(Binary.Add, ZipKernels<T>.Form.RightSingle, results, new(ref zero), results);
        }
        for (var i = results.Length; i < tile.Length; i += results.Length)
            Combine(kind, results, tile.Slice(i, results.Length));
    }

    private static void LogSumExpRows(Span<T> tile, ReadOnlySpan<T> shift, Span<T> results)
    {
        for (var i = 0; i < tile.Length; i += results.Length)
        {
            var row = tile.Slice(i, results.Length);
            Zip(Binary.Subtract, ZipKernels<T>.Form.Both, row, shift, row);
        }
        Map(Unary.Exp, tile);
        FoldRows(Reduction.Sum, tile, results);
        Map(Unary.Log, results);
        for (var i = 0; i < results.Length; i++)
            results[i] = T.IsFinite(shift[i]) ? results[i] + shift[i] : shift[i];
    }

    private static void Combine(Reduction kind, Span<T> row, ReadOnlySpan<T> next) =>
        Zip(
            kind switch
            {
                Reduction.Max => Binary.Maximum,
                Reduction.Min => Binary.Minimum,
                _ => Binary.Add,
            },
            ZipKernels<T>.Form.Both,
            row,
            next,
            row
        );

    private static void Map(Unary function, Span<T> values) =>
        MapKernels<T>.Run(function, ref MemoryMarshal.GetReference(values), ref MemoryMarshal.GetReference(values), values.Length);

    private static void Zip(Binary function, ZipKernels<T>.Form form, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target) =>
        ZipKernels<T>.Run(
            function,
            form,
            ref MemoryMarshal.GetReference(x),
            ref MemoryMarshal.GetReference(y),
            ref MemoryMarshal.GetReference(target),
            target.Length
        );

    private void Elements(T[] source, Span<T> target, Span<T> scratch)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var at = At(_source) + Place(_kept, i);
            target[i] = _kind == Reduction.LogSumExp ? LogSumExp(source, at, scratch) : Fold(_kind, source, at, scratch);
        }
    }

    private T Fold(Reduction kind, T[] source, int at, Span<T> scratch)
    {
        var value = Start(kind);
        for (var done = 0; done < _count; )
        {
            var part = Load(source, at, done, scratch);
            var folded = ReduceKernels<T>.Run(kind, part);
            value = kind switch
            {
                Reduction.Max => T.Max(value, folded),
                Reduction.Min => T.Min(value, folded),
                _ => value + folded,
            };
            done += part.Length;
        }
        return value;
    }

    private T LogSumExp(T[] source, int at, Span<T> scratch)
    {
        var max = Fold(Reduction.Max, source, at, scratch);
        if (T.IsInfinity(max) || T.IsNaN(max))
            return max;
        var sum = T.Zero;
        for (var done = 0; done < _count; )
        {
            var part = Load(source, at, done, scratch[..Chunk]);
            part = part[..Math.Min(part.Length, Chunk)];
            var shifted = scratch.Slice(Chunk, part.Length);
            Zip(Binary.Subtract, ZipKernels<T>.Form.RightSingle, part, new(ref max), shifted);
            Map(Unary.Exp, shifted);
            sum += ReduceKernels<T>.Run(Reduction.Sum, shifted);
            done += part.Length;
        }
        MapKernels<T>.Run(Unary.Log, ref sum, ref sum, 1);
        return max + sum;
    }

    /// <summary>The next elements to reduce: where they lie if they lie together, else copied into scratch.</summary>
    private ReadOnlySpan<T> Load(T[] source, int at, int done, Span<T> scratch)
    {
        if (_reduced.Lengths.Length == 1 && _reduced.Strides[0][0] == 1)
            return source.AsSpan(at + done, _count - done);
        var part = scratch[..Math.Min(Chunk, _count - done)];
        _reduced.Read(source, at, done, part);
        return part;
    }

    private static int Place(Strided walk, int position)
    {
        var offset = 0;
        for (var axis = walk.Lengths.Length - 1; axis >= 0; axis--)
        {
            (position, var index) = Math.DivRem(position, walk.Lengths[axis]);
            offset += index * walk.Strides[0][axis];
        }
        return offset;
    }
}
