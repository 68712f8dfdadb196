using AutoDiff.Data;
using Xunit;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>What holds of all batches: sizes of none, one, odd and many, larger than the data, kept and dropped.</summary>
public sealed class BatchLaws
{
    private static readonly Key Seed = Key.Of(2024);

    private static readonly (int Count, int Size)[] Sizes =
    [
        (1, 1),
        (1, 5),
        (2, 1),
        (7, 3),
        (8, 4),
        (1001, 64),
        (65_536, 4096),
        (65_537, 4096),
        (100, 1000),
    ];

    public static TheoryData<int, int> Rows => new(Sizes);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_comes_once_an_epoch(int count, int size)
    {
        var batches = new Batches(count, size, Seed);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = new int[count];
            for (var step = epoch * batches.PerEpoch; step < (epoch + 1) * batches.PerEpoch; step++)
            {
                Assert.Equal(epoch, batches.Epoch(step));
                foreach (var row in batches.IndicesOf(step))
                    seen[row]++;
            }
            Assert.All(seen, times => Assert.Equal(1, times));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Full_batches_alone_have_no_row_twice(int count, int size)
    {
        if (size > count)
            return;
        var batches = new Batches(count, size, Seed) { DropLast = true };
        int[] rows = [.. Enumerable.Range(0, batches.PerEpoch).SelectMany(batches.IndicesOf)];
        Assert.Equal(count / size * size, rows.Length);
        Assert.Equal(rows.Length, rows.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Epochs_differ_and_keys_tell_them(int count, int size)
    {
        int[] Order(Key key, int epoch)
        {
            var batches = new Batches(count, size, key);
            return [.. Enumerable.Range(epoch * batches.PerEpoch, batches.PerEpoch).SelectMany(batches.IndicesOf)];
        }
        Assert.Equal(Order(Seed, 1), Order(Seed, 1));
        if (count < 7)
            return;
        Assert.NotEqual(Order(Seed, 0), Order(Seed, 1));
        Assert.NotEqual(Order(Seed, 1), Order(Key.Of(1), 1));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Batches_made_ahead_are_the_same_in_the_same_order(int count, int size)
    {
        var batches = new Batches(count, size, Seed);
        var steps = Math.Min(50, 2 * batches.PerEpoch);
        foreach (var ahead in (int[])[1, 2, 100])
            Assert.Equal(
                batches.Take(steps).Select(batch => (batch.Positions.ToArray(), batch.Key.Bits)),
                batches
                    .Take(steps)
                    .Prefetch(ahead, TestContext.Current.CancellationToken)
                    .Select(batch => (batch.Positions.ToArray(), batch.Key.Bits))
            );
    }

    [Fact]
    public void Draws_with_replacement_take_each_row_as_often_as_any_other()
    {
        const int count = 20;
        const int size = 50;
        const int steps = 400;
        var batches = new Batches(count, size, Seed) { Replacement = true };
        var seen = new double[count];
        for (var step = 0; step < steps; step++)
        {
            foreach (var row in batches.IndicesOf(step))
                seen[row]++;
        }
        var expected = (double)size * steps / count;
        // χ² of 19 degrees of freedom: beyond 43.8 once in a thousand keys.
        Assert.InRange(seen.Sum(times => (times - expected) * (times - expected) / expected), 4, 43.8);
    }

    [Fact]
    public void Keys_of_steps_are_all_others()
    {
        var batches = new Batches(10, 3, Seed);
        Assert.Equal(1000, batches.Take(1000).Select(batch => batch.Key.Bits).Distinct().Count());
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(60, 12)]
    [InlineData(60, 60)]
    [InlineData(4096, 128)]
    public void The_mean_of_an_epochs_gradients_is_the_full_gradient(int count, int size)
    {
        var (loss, w) = (Loss(Toys.Sines(count, 0.3, Seed)), Tensor.Of([0.3, -0.5, 0.1]));
        var batches = new Batches(count, size, Seed);
        var sum = Tensor.Zeros([3]);
        foreach (var batch in batches.Take(batches.PerEpoch))
            sum = Transforms.Evaluate(sum + loss.Invoke(w, batch));
        var (mean, full) = ((sum / batches.PerEpoch).ToArray(), loss.Invoke(w, new(Tensor.Range(count), Seed)).ToArray());
        for (var i = 0; i < 3; i++)
            Assert.Equal(full[i], mean[i], 1e-14);
    }

    [Fact]
    public void The_variance_of_gradients_falls_with_the_size()
    {
        const int count = 500;
        const int steps = 4000;
        var (loss, w) = (Loss(Toys.Sines(count, 0.3, Seed)), Tensor.Of([0.3, -0.5, 0.1]));
        double Variance(int size)
        {
            var batches = new Batches(count, size, Seed.FoldIn((ulong)size)) { Replacement = true };
            var gradients = Stack([.. batches.Take(steps).Select(batch => loss.Invoke(w, batch))]);
            return Sum(Ops.Variance(gradients, 0)).Item();
        }
        var one = Variance(1);
        // A variance of 4,000 is known to about √(2⁄4,000) = 2.2 %, or more with heavier tails.
        foreach (var size in (int[])[4, 16, 64])
            Assert.InRange(one / Variance(size) / size, 0.85, 1.15);
    }

    private static Compiled<Tensor, Batch, Tensor> Loss(Dataset data) =>
        Transforms.Compile(
            (Tensor w, Batch batch) =>
                Transforms.Grad<Tensor>(
                    v =>
                    {
                        var rows = data.Rows(batch.Positions);
                        return Mean(Square(v[0] + (v[1] * rows.Inputs) + (v[2] * Square(rows.Inputs)) - rows.Targets));
                    },
                    w
                )
        );
}
