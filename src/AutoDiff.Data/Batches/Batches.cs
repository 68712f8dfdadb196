namespace AutoDiff.Data;

/// <summary>The batches of a run, a pure function of the step: which rows each step learns from, epoch after epoch in another order.</summary>
/// <remarks>
/// <para>
/// With (orders, steps) = <c>key.Split()</c>, epoch e goes through the rows in the order <c>orders.FoldIn(e).Permutation(count)</c>; with replacement step t draws
/// <c>orders.FoldIn(t).Choice(count, size, true)</c>. The key of batch t is <c>steps.FoldIn(t)</c>. So a run can go on from any step, and any batch can be read back.
/// </para>
/// <para>
/// Many threads may ask at once. The order of the epoch last asked for is remembered, [count] numbers: a step in it costs its own rows, a step of another epoch an order.
/// In a plan of single precision, positions are exact up to 2²⁴ rows.
/// </para>
/// </remarks>
public sealed class Batches
{
    private readonly Key _orders;
    private readonly Key _steps;
    private volatile Order? _last;

    /// <summary>Batches of a number of rows.</summary>
    /// <param name="count">How many rows there are, at least 1.</param>
    /// <param name="size">How many rows a batch has, at least 1. Without replacement the last batch of an epoch has those that are left, which may be all there are.</param>
    /// <param name="key">What all orders, draws and keys of steps come from.</param>
    /// <exception cref="ArgumentException">A number is below 1, or the key is traced or several.</exception>
    public Batches(int count, int size, Key key)
    {
        Require.NotNull(key, nameof(Batches));
        Require.That(count > 0, $"[Batches] got {count} rows; expected at least 1");
        Require.That(size > 0, $"[Batches] got batches of {size} rows; expected at least 1");
        (Count, Size, Key) = (count, size, Key.FromBits(key.Bits));
        (_orders, _steps) = Key.Split();
    }

    /// <summary>Batches of a data set's rows.</summary>
    /// <param name="data">The data set, of at least 1 row.</param>
    /// <param name="size">How many rows a batch has, at least 1.</param>
    /// <param name="key">What all orders, draws and keys of steps come from.</param>
    /// <exception cref="ArgumentException">There are no rows, the size is below 1, or the key is traced or several.</exception>
    public Batches(Dataset data, int size, Key key)
        : this(Rows(data), size, key) { }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>How many rows a batch has, other than the last of an epoch without replacement.</summary>
    public int Size { get; }

    /// <summary>What all orders, draws and keys of steps come from.</summary>
    public Key Key { get; }

    /// <summary>Whether each epoch has a random order of its own; true unless set. Else each goes through the rows as they are. With replacement it says nothing.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether each row is drawn anew, each equally likely, so that all batches are full and an epoch is only a number of steps. Unless set, an epoch takes each row once.</summary>
    public bool Replacement { get; init; }

    /// <summary>Whether an epoch ends before a batch that would not be full. Unless set, its last batch has the rows that are left.</summary>
    /// <exception cref="ArgumentException">A batch has more rows than there are, so that there would be none.</exception>
    public bool DropLast
    {
        get;
        init
        {
            Require.That(
                !value || Size <= Count,
                $"[Batches] got full batches alone, of {Size} rows out of {Count}; expected no more than there are"
            );
            field = value;
        }
    }

    /// <summary>How many steps an epoch has: count ⁄ size, rounded up, or down where the last is dropped.</summary>
    public int PerEpoch => (Count / Size) + (DropLast || Count % Size == 0 ? 0 : 1);

    /// <summary>The batch of a step.</summary>
    /// <param name="step">How many steps come before it, at least 0.</param>
    /// <exception cref="ArgumentException">The step is negative.</exception>
    public Batch this[int step]
    {
        get
        {
            var rows = IndicesOf(step);
            var positions = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                positions[i] = rows[i];
            return new(Tensor.Of(positions), _steps.FoldIn((ulong)step));
        }
    }

    /// <summary>The epoch of a step, from 0.</summary>
    /// <exception cref="ArgumentException">The step is negative.</exception>
    public int Epoch(int step)
    {
        Require.That(step >= 0, $"[Batches] got step {step}; expected at least 0");
        return step / PerEpoch;
    }

    /// <summary>The numbers of the rows of a step's batch, those of its <see cref="Batch.Positions"/>.</summary>
    /// <exception cref="ArgumentException">The step is negative.</exception>
    public int[] IndicesOf(int step)
    {
        var epoch = Epoch(step);
        if (Replacement)
            return _orders.FoldIn((ulong)step).Choice(Count, Size, replace: true);
        var start = (step - (epoch * PerEpoch)) * Size;
        var rows = new int[Math.Min(Size, Count - start)];
        if (Shuffle)
            OrderOf(epoch).AsSpan(start, rows.Length).CopyTo(rows);
        else
        {
            for (var i = 0; i < rows.Length; i++)
                rows[i] = start + i;
        }
        return rows;
    }

    /// <summary>The batches of steps one after another, each made when it is asked for.</summary>
    /// <param name="steps">How many, at least 0.</param>
    /// <param name="first">The first step, at least 0; 0 unless given.</param>
    /// <exception cref="ArgumentException">A number is negative, or the last step is beyond 2³¹ − 1.</exception>
    public IEnumerable<Batch> Take(int steps, int first = 0)
    {
        Require.That(
            steps >= 0 && first >= 0 && first <= int.MaxValue - steps,
            $"[Batches] got {steps} steps from step {first}; expected both at least 0, and no step beyond {int.MaxValue}"
        );
        return Enumerable.Range(first, steps).Select(step => this[step]);
    }

    private static int Rows(Dataset data)
    {
        Require.NotNull(data, nameof(Batches));
        return data.Count;
    }

    private int[] OrderOf(int epoch)
    {
        var last = _last;
        if (last?.Epoch != epoch)
            _last = last = new(epoch, _orders.FoldIn((ulong)epoch).Permutation(Count));
        return last.Rows;
    }

    /// <summary>An epoch's order, which nobody writes to.</summary>
    private sealed record Order(int Epoch, int[] Rows);
}
