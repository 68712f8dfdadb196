using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Blocks that get few updates and blocks that get many, side by side, against a sum of each in twice the precision.</summary>
public sealed class ScatterAddTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 5)]
    public void Every_block_gets_its_own_updates_and_keeps_its_own_rest(int batch, int rest)
    {
        const int picks = 6000;
        const int length = 41;
        // Block i gets a share that grows with i, from none to far more than a chain.
        double[] indices = [.. Enumerable.Range(0, batch * picks).Select(i => Math.Floor(Math.Sqrt(i * 37 % 1600)))];
        float[] updates = [.. Enumerable.Range(0, batch * picks * rest).Select(i => i % 7 == 0 ? 1e4f : 0.1f / ((i % 5) + 1))];
        var (x, at) = (new Input(Shape.Of(batch, picks, rest), "x"), new Input(Shape.Of(batch, picks), "at"));
        var result = new float[batch * length * rest];
        Plan<float>
            .Of(Graph.Of([x, at], [Apply.Of(new Op.ScatterAdd(1, length), x, at)]))
            .Run([updates, Array.ConvertAll(indices, index => (float)index)], [result]);

        var (exact, counts) = (new double[result.Length], new int[batch * length]);
        for (var i = 0; i < indices.Length; i++)
        {
            var block = (i / picks * length) + (int)indices[i];
            counts[block]++;
            for (var k = 0; k < rest; k++)
                exact[(block * rest) + k] += updates[(i * rest) + k];
        }
        Assert.Contains(0, counts);
        Assert.Contains(counts, count => count is > 0 and < 100);
        Assert.True(counts.Count(count => count > 128) > 1);
        for (var i = 0; i < result.Length; i++)
        {
            // Compensated, a sum is rounded once; a chain, once for each update.
            var roundings = counts[i / rest] > 128 ? 2 : counts[i / rest];
            Assert.True(
                Math.Abs(result[i] - exact[i]) <= roundings * 6e-8 * exact[i],
                $"element {i} of {counts[i / rest]} updates: {result[i]:R}, expected {exact[i]:R}"
            );
        }
    }

    [Fact]
    public void Scratch_grows_with_the_updates_that_are_compensated_not_with_the_target()
    {
        static int Scratch(int picks, int length, int rest) =>
            new ScatterAddStep<float>(
                View.Whole(new(picks * rest, StorageKind.External), [picks, rest]),
                View.Whole(new(picks, StorageKind.External), [picks]),
                new(length * rest, StorageKind.External),
                1,
                length,
                rest
            ).ScratchSize;

        Assert.Equal(0, Scratch(128, 50_000, 300));
        Assert.Equal(50_000 + 300, Scratch(200, 50_000, 300));
        // A count for each of so many blocks is as much as there can be.
        Assert.Equal(1_500_000_000 + 7, Scratch(1_000, 1_500_000_000, 1));
        Assert.Equal(int.MaxValue, Scratch(1_000_000, int.MaxValue, 1));
        Assert.Equal(0, Scratch(1_000, int.MaxValue, 0));
    }
}
