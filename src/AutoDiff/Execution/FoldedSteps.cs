using System.Numerics;

namespace AutoDiff;

/// <summary>A product of matrices with folded ones on the right, whose elements are read where they lie.</summary>
internal sealed class FoldedProductStep<T>(View left, Folded right, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PartWork = 1 << 22;

    private readonly View[] _operands = [left, right.View];
    private readonly int _rows = left.Shape[-2];
    private readonly int _columns = right.Layout.Columns;
    private readonly Strided _batches = Strided.Of(left.Shape.AsSpan()[..^2], left.Strides[..^2], right.Batch.Strides);
    private readonly EqualParts _parts = Divided(left, right);

    public override int ScratchSize => FoldedProduct<T>.ValuesScratch(_rows, _columns, left.Shape[-1]);

    public override int Parts => _parts.Count;

    public override Storage Target => target;

    public override bool CanFail => false;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame) => Run(frame, 0, _columns);

    public override void RunPart(Frame<T> frame, int part) => Run(frame, _parts.Start(part), _parts.Start(part + 1));

    public override string ToString() => $"MatMul {_rows}×{left.Shape[-1]} by folded {left.Shape[-1]}×{_columns}";

    private static EqualParts Divided(View left, Folded right)
    {
        var columns = right.Layout.Columns;
        var work = (double)left.Shape[-2] * left.Shape[-1] * columns;
        var parts = left.Shape.Size > left.Shape[-2] * left.Shape[-1] ? 1 : (int)Math.Clamp(work / PartWork, 1, columns);
        return new(columns, (columns + parts - 1) / parts);
    }

    private void Run(Frame<T> frame, int from, int to)
    {
        var scratch = frame.Memory[Frame<T>.Scratch];
        var matrix = _rows * _columns;
        for (var (i, done) = (0, 0); done < target.Size; i++, done += matrix)
            FoldedProduct<T>.Values(
                _rows,
                from,
                to,
                ref Array(frame, left.Storage)[At(left) + _batches.Place(0, i)],
                left.Strides[^2],
                left.Strides[^1],
                right.Layout,
                ref Array(frame, right.View.Storage)[At(right.View) + _batches.Place(1, i)],
                ref Array(frame, target)[target.Start + done],
                _columns,
                scratch
            );
    }
}

/// <summary>A product of matrices, folded or not, with transposes of folded ones; the result lies transposed: [batch…, the folded ones' rows, rows].</summary>
internal sealed class FoldedTransposedStep<T>(Folded left, Folded right, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PartWork = 1 << 22;
    private const int FewestRows = 48;

    private readonly View[] _operands = [left.View, right.View];
    private readonly int _rows = right.Layout.Rows.Length;
    private readonly int _columns = left.Layout.Rows.Length;
    private readonly Strided _batches = Strided.Of(left.Batch.Shape.AsSpan(), left.Batch.Strides, right.Batch.Strides);
    private readonly EqualParts _parts = Divided(left, right);

    public override int ScratchSize => FoldedProduct<T>.ByRowsScratch(_rows, _columns, right.Layout.Columns);

    public override int Parts => _parts.Count;

    public override Storage Target => target;

    public override bool CanFail => false;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame) => Run(frame, 0, _rows);

    public override void RunPart(Frame<T> frame, int part) => Run(frame, _parts.Start(part), _parts.Start(part + 1));

    public override string ToString() => $"MatMul folded {_rows}×{right.Layout.Columns} by {right.Layout.Columns}×{_columns}";

    private static EqualParts Divided(Folded left, Folded right)
    {
        var (rows, columns) = (right.Layout.Rows.Length, left.Layout.Rows.Length);
        var work = (double)rows * columns * right.Layout.Columns;
        var parts = left.Batch.Shape.Size > 1 ? 1 : (int)Math.Clamp(work / PartWork, 1, Math.Max(1, rows / FewestRows));
        return new(rows, (rows + parts - 1) / parts);
    }

    private void Run(Frame<T> frame, int from, int to)
    {
        var scratch = frame.Memory[Frame<T>.Scratch];
        var matrix = _rows * _columns;
        for (var (i, done) = (0, 0); done < target.Size; i++, done += matrix)
            FoldedProduct<T>.ByRows(
                from,
                to,
                right.Layout,
                ref Array(frame, right.View.Storage)[At(right.View) + _batches.Place(1, i)],
                left.Layout,
                ref Array(frame, left.View.Storage)[At(left.View) + _batches.Place(0, i)],
                ref Array(frame, target)[target.Start + done],
                scratch
            );
    }
}

/// <summary>A product of matrices added to where the elements of a folded one lie, some of which are one and the same.</summary>
internal sealed class FoldedAddStep<T>(View left, Folded right, Folded sums, int unit) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PartWork = 1 << 22;

    private readonly View[] _operands = [left, right.View];
    private readonly Strided _batches = Strided.Of(left.Shape.AsSpan()[..^2], left.Strides[..^2], right.Batch.Strides, sums.Batch.Strides);
    private readonly int _count = left.Shape.Size / (left.Shape[-2] * left.Shape[-1]);
    private readonly EqualParts _parts = Divided(left, sums, unit);

    public override int ScratchSize => FoldedProduct<T>.AddFoldedScratch(left.Shape[-2], sums.Layout.Columns, left.Shape[-1]);

    public override int Parts => _parts.Count;

    public override Storage Target => sums.View.Storage;

    public override bool CanFail => false;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame) => Run(frame, 0, sums.Layout.Columns);

    public override void RunPart(Frame<T> frame, int part) => Run(frame, _parts.Start(part) * unit, _parts.Start(part + 1) * unit);

    public override string ToString() =>
        $"AddInto folded MatMul {left.Shape[-2]}×{left.Shape[-1]} by {left.Shape[-1]}×{sums.Layout.Columns}";

    private static EqualParts Divided(View left, Folded sums, int unit)
    {
        var units = sums.Layout.Columns / unit;
        var work = (double)left.Shape[-2] * left.Shape[-1] * sums.Layout.Columns;
        var parts = left.Shape.Size > left.Shape[-2] * left.Shape[-1] ? 1 : (int)Math.Clamp(work / PartWork, 1, units);
        return new(units, (units + parts - 1) / parts);
    }

    private void Run(Frame<T> frame, int from, int to)
    {
        var scratch = frame.Memory[Frame<T>.Scratch];
        for (var i = 0; i < _count; i++)
            FoldedProduct<T>.AddFolded(
                from,
                to,
                unit,
                ref Array(frame, left.Storage)[At(left) + _batches.Place(0, i)],
                left.Strides[^2],
                left.Strides[^1],
                right.Layout,
                ref Array(frame, right.View.Storage)[At(right.View) + _batches.Place(1, i)],
                sums.Layout,
                ref Array(frame, sums.View.Storage)[At(sums.View) + _batches.Place(2, i)],
                scratch
            );
    }
}
