using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Host functions as ops.</summary>
public sealed class CallbackTests
{
    private static readonly Tensor X = Tensor.Of([0.5, -1, 2]);

    private static Tensor Host(Tensor x) => PureCallback(v => Tensor.Of(Array.ConvertAll(v.ToArray(), Math.Sin), 3), [3], x, "sine");

    private static Tensor Ruled(Tensor x) => CustomJvp<Tensor>(Host, (at, _, t) => Cos(at) * t)(x);

    [Fact]
    public void ItsValueIsTheHosts()
    {
        double[] expected = [Math.Sin(0.5), Math.Sin(-1), Math.Sin(2)];
        Assert.Equal(expected, Host(X).ToArray());
        Assert.Equal(expected, Compile<Tensor, Tensor>(Host).Invoke(X).ToArray());
        Assert.Equal(expected, Compile<Tensor, Tensor>(Host, new() { CheckFinite = true }).Invoke(X).ToArray());
        var single = Compile<float, Tensor, Tensor>(Host).Invoke(X).ToArray();
        Assert.Equal(Array.ConvertAll(expected, value => (double)(float)value), single);
    }

    [Fact]
    public void ItTakesATreeAndGivesAnyShape()
    {
        var at = new Pair<Tensor, Tensor>(X, Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3));
        var y = PureCallback(
            tree =>
            {
                Assert.Equal([2, 3], tree.Second.Shape.AsSpan().ToArray());
                return Tensor.Of([tree.First.ToArray()[2], tree.Second.ToArray()[3]], 1, 2);
            },
            [1, 2],
            at
        );
        Assert.Equal([1, 2], y.Shape.AsSpan().ToArray());
        Assert.Equal([2, 4], y.ToArray());
    }

    [Fact]
    public void ABatchIsACallForEachExample()
    {
        var calls = 0;
        var scale = Tensor.Of([10.0]);
        var f = Vmap(
            (Tensor x) =>
                PureCallback(
                    at =>
                    {
                        calls++;
                        return (Tensor)(at.First.ToArray().Max() * at.Second.ToArray()[0]);
                    },
                    [],
                    new Pair<Tensor, Tensor>(x, scale)
                )
        );
        Assert.Equal([30, 60], f(Tensor.Of([1, 3, 2, 4, 5, 6], 2, 3)).ToArray());
        Assert.Equal(2, calls);
        var nested = Vmap(Vmap<Tensor, Tensor>(Host))(Reshape(Concatenate([X, X, 2 * X, 3 * X]), 2, 2, 3));
        Assert.Equal(Sin(Concatenate([X, X, 2 * X, 3 * X])).ToArray(), nested.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void WithoutARuleADerivativeIsRefused()
    {
        const string message =
            "[PureCallback] \"sine\" has no derivative of its own; expected CustomJvp, CustomVjp or StopGradient round it";
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Grad<Tensor>(x => Sum(Host(x)))(X)).Message);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Jvp(Host, X, X)).Message);
        Assert.Equal([0.5, -1, 2], Grad<Tensor>(x => Sum(Square(x) / 2) + Sum(StopGradient(Host(x))))(X).ToArray());
    }

    [Fact]
    public void WithARuleItIsDifferentiatedToAnyOrder()
    {
        var third = Jvp(Grad<Tensor>(x => Sum(Jvp(Ruled, x, Tensor.Of([1, 1, 1])).Tangent)), X, Tensor.Of([1, 1, 1])).Tangent;
        Assert.Equal([-Math.Cos(0.5), -Math.Cos(-1), -Math.Cos(2)], third.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void AnotherShapeThanDeclaredIsRefused() =>
        Assert.Equal(
            "[PureCallback] \"callback\" gave [3]; expected shape [2], as was declared",
            Assert.Throws<ArgumentException>(() => PureCallback(x => x, [2], X).ToArray()).Message
        );

    [Fact]
    public void WhatTheHostThrowsIsThrown() =>
        Assert.Throws<NotSupportedException>(() => PureCallback<Tensor>(_ => throw new NotSupportedException(), [2], X).ToArray());
}
