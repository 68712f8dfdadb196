using System.Runtime.CompilerServices;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>What a known value was computed from is garbage, whatever it was computed by, once no derivative is to be taken through it.</summary>
public class LettingGoTests
{
    public static TheoryData<string, Func<Tensor, Tensor>> Functions =>
        new()
        {
            { "ops", x => Sum(x) },
            { "a renaming", x => Reshape(Sum(x), 1) },
            { "a checkpoint", Checkpoint((Tensor x) => Sum(x)) },
            { "a custom rule", CustomVjp((Tensor x) => Sum(x), (x, _, g) => BroadcastTo(g, x.Shape)) },
            { "a rule that closes over its point", x => CustomJvp((Tensor y) => Sum(y), (_, _, t) => Sum(t * x / x))(x) },
            { "a look while it is differentiated", x => ValueAndGrad((Tensor y) => Asked(Sum(y)), x).Value },
            { "a look inside, nothing after", x => Looked(Sum(x), x) },
            { "a function that throws", x => Refused<InvalidOperationException>(Sum(x), x, _ => throw new InvalidOperationException()) },
            { "a function that gives null", x => Refused<ArgumentNullException>(Sum(x), x, _ => null!) },
            { "a function that gives no scalar", x => Refused<ArgumentException>(Sum(x), x, y => y * Tensor.Ones([2])) },
        };

    [Theory]
    [MemberData(nameof(Functions))]
    public void WhatAKnownNodeWasComputedFromCanBeCollected(string function, Func<Tensor, Tensor> f)
    {
        var (y, argument) = Computed(f);
        GC.Collect();
        Assert.False(argument.IsAlive, function);
        Assert.Equal(3, y.Item(), 1e-15);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Tensor, WeakReference) Computed(Func<Tensor, Tensor> f)
        {
            var logs = Log(Tensor.Of([Math.E, Math.E, Math.E]));
            var sum = f(logs);
            sum.ToArray();
            return (sum, new(logs));
        }
    }

    // The value of a node that was asked for within a derivative only.
    private static Tensor Looked(Tensor y, Tensor x)
    {
        Tensor seen = 0;
        _ = Grad((Tensor v) => Asked(seen = y + (0 * Sum(v))), x);
        return seen;
    }

    private static Tensor Refused<TException>(Tensor y, Tensor x, Func<Tensor, Tensor> after)
        where TException : Exception
    {
        Tensor seen = 0;
        Assert.Throws<TException>(() => Grad((Tensor v) => after(Asked(seen = y + (0 * Sum(v)))), x));
        return seen;
    }

    private static Tensor Asked(Tensor x)
    {
        x.ToArray();
        return x;
    }
}
