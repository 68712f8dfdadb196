using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>x ↦ Σ wᵢ·Aᵢx, added in halves: the order depends on the number of operators alone.</summary>
internal sealed class SumOperator(ImmutableArray<LinearOperator> parts, double[] weights, bool isSymmetric)
    : LinearOperator(parts[0].Rows, parts[0].Size, isSymmetric)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        options ??= new();
        var matrix = NewMatrix();
        for (var i = 0; i < parts.Length; i++)
        {
            VectorLoops.AddScaled(weights[i], parts[i].ToMatrix(options.Part), matrix);
            options.Progress?.Report(new("matrix", (i + 1) / (double)parts.Length));
        }
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => Add(0, parts.Length, x, y);

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var most = BlockRows.AtOnce(count, Rows);
        for (var start = 0; start < count; start += most)
        {
            var rows = Math.Min(most, count - start);
            Add(0, parts.Length, x.Slice(start * Size, rows * Size), y.Slice(start * Rows, rows * Rows), rows, options);
        }
    }

    private protected override LinearOperator Transposed() =>
        new SumOperator([.. parts.Select(part => part.Transpose())], weights, IsSymmetric);

    /// <summary>The first of two halves; a number of operators of one is not divided.</summary>
    private static int Middle(int from, int to) => from + ((to - from + 1) / 2);

    private void Add(int from, int to, ReadOnlySpan<double> x, Span<double> y)
    {
        if (to - from == 1)
        {
            parts[from].Apply(x, y);
            Weigh(from, y);
            return;
        }
        var middle = Middle(from, to);
        using var rest = new Rented(Rows);
        Add(from, middle, x, y);
        if (to - middle == 1)
            parts[middle].Apply(x, rest.Span);
        else
            Add(middle, to, x, rest.Span);
        VectorLoops.AddScaled(to - middle == 1 ? weights[middle] : 1, rest.Span, y);
    }

    private void Add(int from, int to, ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        if (to - from == 1)
        {
            parts[from].ApplyBlock(x, y, count, options);
            Weigh(from, y.Span);
            return;
        }
        var middle = Middle(from, to);
        using var rest = new Rented(y.Length);
        var other = rest.Memory;
        var half = options with { Threads = Math.Max(1, options.Threads / 2) };
        if (options.Threads > 1)
            Work.Share(2, First, options);
        else
        {
            First(0);
            First(1);
        }
        VectorLoops.AddScaled(to - middle == 1 ? weights[middle] : 1, other.Span, y.Span);

        void First(int i)
        {
            if (i == 0)
                Add(from, middle, x, y, count, half);
            else if (to - middle == 1)
                parts[middle].ApplyBlock(x, other, count, half);
            else
                Add(middle, to, x, other, count, half);
        }
    }

    private void Weigh(int i, Span<double> y)
    {
        if (weights[i] != 1)
            VectorLoops.Scale(weights[i], y);
    }
}
