using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

public class PrefetchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1000, 7)]
    [InlineData(3, 100)]
    public void AllElementsComeInOrder(int count, int ahead) =>
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Prefetch(ahead));

    [Fact]
    public void ElementsAreMadeAheadButNoMoreThanAllowed()
    {
        using var three = new CountdownEvent(3);
        var made = 0;
        using var elements = Source().Prefetch(3).GetEnumerator();
        Assert.True(elements.MoveNext());
        // The first was asked for, so that three more may be made.
        Assert.True(three.Wait(Long));
        Assert.Equal(0, elements.Current);
        Assert.True(elements.MoveNext());
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref made) == 5, Long));
        Thread.Sleep(50);
        Assert.Equal(5, Volatile.Read(ref made));

        IEnumerable<int> Source()
        {
            for (var i = 0; i < 100; i++)
            {
                Interlocked.Increment(ref made);
                if (!three.IsSet)
                    three.Signal();
                yield return i;
            }
        }
    }

    [Fact]
    public void TheSourceRunsOnAThreadOfItsOwn()
    {
        var here = Environment.CurrentManagedThreadId;
        int[] threads = [.. Enumerable.Range(0, 10).Select(_ => Environment.CurrentManagedThreadId).Prefetch().Distinct()];
        Assert.NotEqual(here, Assert.Single(threads));
    }

    [Fact]
    public void AnExceptionComesWhereItsElementWouldBe()
    {
        using var elements = Enumerable
            .Range(0, 10)
            .Select(i => i < 4 ? i : throw new InvalidDataException("the fifth"))
            .Prefetch(5)
            .GetEnumerator();
        for (var i = 0; i < 4; i++)
        {
            Assert.True(elements.MoveNext());
            Assert.Equal(i, elements.Current);
        }
        Assert.Equal("the fifth", Assert.Throws<InvalidDataException>(() => elements.MoveNext()).Message);
    }

    [Fact]
    public void EndingEarlyDisposesTheSource()
    {
        var (disposed, made) = (false, 0);
        Assert.Equal([0, 1, 2], Source().Prefetch(2).Take(3));
        Assert.True(disposed);
        var then = made;
        Thread.Sleep(20);
        Assert.Equal(then, made);

        IEnumerable<int> Source()
        {
            try
            {
                while (true)
                    yield return made++;
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void WhatFailsUnaskedIsLost() =>
        Assert.Equal([0, 1], Enumerable.Range(0, 9).Select(i => i < 3 ? i : throw new InvalidDataException()).Prefetch(5).Take(2));

    [Fact]
    public void CancellingEndsTheWaitAndTheMaking()
    {
        using var cancel = new CancellationTokenSource();
        using var go = new ManualResetEventSlim();
        var disposed = false;
        using (var elements = Source().Prefetch(1, cancel.Token).GetEnumerator())
        {
            Assert.True(elements.MoveNext());
            cancel.CancelAfter(20);
            go.Set();
            var error = Assert.Throws<OperationCanceledException>(() =>
            {
                while (elements.MoveNext()) { }
            });
            Assert.Equal(cancel.Token, error.CancellationToken);
        }
        Assert.True(disposed);

        IEnumerable<int> Source()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    yield return i;
                    go.Wait(Long);
                }
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void EachEnumerationBeginsAnew()
    {
        var ahead = Enumerable.Range(0, 5).Prefetch();
        Assert.Equal([0, 1], ahead.Take(2));
        Assert.Equal([0, 1, 2, 3, 4], ahead);
    }

    [Fact]
    public void BatchesPickedAheadTrainToTheSameBits()
    {
        var data = Toys.TwoMoons(100, 0.1, Key.Of(1));
        var batches = new Batches(data, 8, Key.Of(2));
        var step = Transforms.Compile((Tensor sum, Dataset rows) => (0.5 * sum) + Ops.Sum(rows.Inputs));
        var plain = batches.Take(50).Select(batch => Transforms.Evaluate(data.Rows(batch.Positions)));
        Assert.Equal(Transforms.Fold(step, Tensor.Of(0), plain).Item(), Transforms.Fold(step, Tensor.Of(0), plain.Prefetch(4)).Item());
    }

    [Fact]
    public void MisuseIsRefusedAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => Prefetching.Prefetch<int>(null!));
        Assert.Contains("ahead of 0", Assert.Throws<ArgumentException>(() => Enumerable.Range(0, 1).Prefetch(0)).Message);
    }
}
