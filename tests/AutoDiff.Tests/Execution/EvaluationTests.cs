using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>A value that was asked for is known, and its graph let go, unless something is being differentiated through it.</summary>
public class EvaluationTests
{
    private static readonly Tensor X = new double[] { 0.5, -1, 2 };

    [Fact]
    public void WhatWasAskedForIsAConstantToEveryReader()
    {
        var y = Sum(Exp(X));
        Assert.Equal(3, Remaining(y));
        Assert.Equal(3, Remaining(y)); // looking at a graph computes nothing
        var value = y.Item();
        Assert.Equal(1, Remaining(y));
        Assert.IsType<Constant>(Graph.Of([], [y]).Nodes[0]);
        Assert.Equal($"%0 = constant {value:R} : []\nreturn %0\n", Graph.Of([], [y]).ToString());
        Assert.DoesNotContain("->", Graph.Of([], [y]).ToGraphviz(), StringComparison.Ordinal);
        Assert.Equal(new Op.Map(Unary.Identity), ((Apply)y).Op);
        Assert.Equal([((Apply)y).Value!], ((Apply)y).Arguments.ToArray());
        Graph.Of([], [y + 1]).Verify();
        Assert.Equal(value, y.Item());
        Assert.Equal(value + 1, (y + 1).Item());
        Assert.Equal(value, Evaluate(y).Item());
        Assert.Equal(2 * value, Compile((Tensor x) => x * y).Invoke(2.0).Item());
        Assert.Equal($"{value:R}", y.ToString());
    }

    [Fact]
    public void AllLeavesOfATreeAreKnownAfterOneRun()
    {
        var shared = Exp(X);
        var tree = new Pair<Tensor, Tensor>(Sum(shared), Sin(shared));
        var values = Evaluate(tree);
        Assert.Same(values.First, ((Apply)tree.First).Value);
        Assert.Same(values.Second, ((Apply)tree.Second).Value);
        Assert.Same(values.Second, Evaluate(tree).Second);
    }

    [Fact]
    public void ALookAtARearrangementMakesItsSourceKnown()
    {
        var source = Exp(Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3));
        var transposed = Transpose(source);
        Assert.Equal(Math.Exp(4), transposed.ToArray()[1], 1e-13);
        Assert.NotNull(((Apply)source).Value);
        Assert.Null(((Apply)transposed).Value);
        var zeros = Tensor.Zeros([1000]);
        Assert.Equal(0, zeros.ToArray()[999]);
        Assert.Equal(2, Remaining(zeros)); // one stored number still
    }

    [Fact]
    public void ValuesOnTheWayAreNotKept()
    {
        var large = Exp(Tensor.Range(100));
        Assert.True(double.IsFinite(Sum(large * 2).Item()));
        Assert.Null(((Apply)large).Value);
        Assert.True(double.IsFinite(Min(large, 0).Item())); // needed a second time, by another node
        Assert.NotNull(((Apply)large).Value);
    }

    public static TheoryData<string, Func<Action<Tensor[]>, Tensor>> Loops =>
        new()
        {
            {
                "gradient descent",
                asked =>
                {
                    var p = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        (var value, var gradient) = ValueAndGrad(Loss, p);
                        p = TreeMath.Axpy(-0.05, gradient, p);
                        asked([value, p]);
                    }
                    return p;
                }
            },
            {
                "momentum",
                asked =>
                {
                    var (p, velocity) = (X, Tensor.Zeros([3]));
                    for (var i = 0; i < Steps; i++)
                    {
                        (var value, var gradient) = ValueAndGrad(Loss, p);
                        asked([value, p, velocity]);
                        velocity = (0.9 * velocity) + gradient;
                        p -= 0.05 * velocity;
                    }
                    return p;
                }
            },
            {
                "pullbacks, with a look inside the function",
                asked =>
                {
                    var p = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        var (value, pullback) = Vjp((Tensor x) => Sum(x).Item() > 100 ? Sum(x) : Loss(x), p);
                        p -= 0.05 * pullback(1.0);
                        asked([value, p]);
                    }
                    return p;
                }
            },
            {
                "a look inside the function only",
                asked =>
                {
                    var p = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        var point = p;
                        p -=
                            0.05
                            * Grad(
                                (Tensor x) =>
                                {
                                    var loss = Loss(x);
                                    asked([loss, point]);
                                    return loss;
                                },
                                point
                            );
                    }
                    return p;
                }
            },
            {
                "checkpoints",
                asked =>
                {
                    var x = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        x = Checkpoint((Tensor z) => Sin(z * z))(x);
                        asked([Sum(x), x]);
                    }
                    return x;
                }
            },
            {
                "custom rules",
                asked =>
                {
                    var x = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        x = CustomVjp((Tensor z) => Sin(z), (z, _, g) => g * Cos(z))(x);
                        asked([Sum(x * x), x]);
                    }
                    return x;
                }
            },
            {
                "no derivative",
                asked =>
                {
                    var x = X;
                    for (var i = 0; i < Steps; i++)
                    {
                        x = Reshape(Sin(Concatenate([x, X])), 2, 3);
                        x = Sum(x, 0) / 2;
                        asked([Sum(x * x), x]);
                    }
                    return x;
                }
            },
            {
                "inside a derivative",
                asked =>
                {
                    Tensor end = X;
                    _ = Grad(
                        (Tensor start) =>
                        {
                            var x = start;
                            for (var i = 0; i < Steps; i++)
                            {
                                x = Sin(x + 1);
                                asked([Sum(x)]);
                            }
                            return Sum(end = x);
                        },
                        X
                    );
                    return end;
                }
            },
        };

    private const int Steps = 40;

    /// <summary>Work is counted in nodes left to compute, memory in nodes held.</summary>
    [Theory]
    [MemberData(nameof(Loops))]
    public void ALoopThatAsksForAValueAStepCostsTheSameAtEveryStep(string loop, Func<Action<Tensor[]>, Tensor> run)
    {
        var (work, held) = (new List<int>(), new List<int>());
        var end = run(state =>
        {
            work.Add(Remaining(state[0]));
            state[0].Item();
            held.Add(Walk.Order(state).Count);
        });
        Assert.True(work[^1] <= work[5], $"{loop}: {string.Join(' ', work)}");
        if (loop != "inside a derivative")
            Assert.True(held[^1] <= held[5], $"{loop}: {string.Join(' ', held)}");
        Assert.Equal(3, end.ToArray().Length);
    }

    [Theory]
    [InlineData("forwards")]
    [InlineData("backwards")]
    [InlineData("at random")]
    [InlineData("from the middle")]
    public void NoNodeIsComputedMoreThanThreeTimes(string order)
    {
        const int Length = 100;
        var chain = new Tensor[Length];
        for (var i = 0; i < Length; i++)
            chain[i] = Sin(i == 0 ? X : chain[i - 1]);
        var positions = Enumerable.Range(0, Length);
        positions = order switch
        {
            "forwards" => positions,
            "backwards" => positions.Reverse(),
            "at random" => positions.OrderBy(i => (i * 37) % 101),
            _ => positions.OrderBy(i => Math.Abs(i - (Length / 2))),
        };
        var computed = 0;
        foreach (var i in positions)
        {
            computed += Remaining(chain[i]) - 1; // but for the constant
            chain[i].ToArray();
        }
        Assert.InRange(computed, Length, 3 * Length);
    }

    [Fact]
    public void ValuesKeepTheirDerivatives()
    {
        // Asked before: y is a value, and x is a node of its own within the transform.
        Tensor x = 3.0;
        var y = x * x;
        Assert.Equal(9, y.Item());
        Assert.Equal(9, Grad((Tensor v) => v * y, x).Item());
        Assert.Equal(1, Grad((Tensor v) => v + x, y).Item());
        Assert.Equal(18, Grad((Tensor v) => v * v, y).Item());

        // Asked within.
        Assert.Equal(6, Grad((Tensor v) => Asked(v) * Asked(v), x).Item());
        Assert.Equal(27, Grad((Tensor v) => Asked(Asked(v * v) * v), x).Item());
        Assert.Equal(18, Grad((Tensor v) => Asked(Grad((Tensor w) => Asked(Asked(w * w) * w), Asked(v))), x).Item());
        Assert.Equal(18, Hvp((Tensor v) => Asked(Asked(v * v) * v), x, (Tensor)1.0).Item());
        Assert.Equal(18, Hessian((Tensor v) => Asked(Asked(v * v) * v), x).ToArray()[0]);

        // Asked between a function and its pullback, from within or outside.
        Tensor inner = 0.0;
        var (value, pullback) = Vjp((Tensor v) => Sin(inner = v * v) * v, x);
        Assert.Equal(Math.Sin(9) * 3, value.Item(), 1e-15);
        Assert.Equal(9, inner.Item());
        Assert.Equal(Math.Sin(9) + (18 * Math.Cos(9)), pullback(1.0).Item(), 1e-13);
        Assert.Equal(2 * (Math.Sin(9) + (18 * Math.Cos(9))), pullback(2.0).Item(), 1e-13);

        // Asked by a rule while the derivative is taken.
        var peeking = CustomVjp((Tensor v) => v * v, (v, s, g) => 2 * g * (Asked(s).Item() > 0 ? Asked(v) : v));
        Assert.Equal(36, Grad((Tensor v) => peeking(v * v) / 3, x).Item(), 1e-13);
        Assert.Equal(108, Grad((Tensor v) => Checkpoint((Tensor w) => peeking(w * w))(v), x).Item());
        Assert.Equal(108, Grad(Grad((Tensor v) => peeking(v * v)), x).Item());
    }

    [Fact]
    public void WhatWasDifferentiatedIsLetGoAfterwards()
    {
        Tensor inner = 0.0;
        var gradient = Grad((Tensor v) => (inner = Asked(v * v)) * v, (Tensor)3.0);
        Assert.Equal(2, Walk.Order(inner).Count);
        Assert.Equal(9, inner.Item());
        Assert.Equal(27, gradient.Item());
    }

    [Fact]
    public void EvaluateRefusesWhatIsDifferentiatedEvenWhereItIsKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => Grad((Tensor v) => Evaluate(Asked(v * v)), (Tensor)3.0));
        Assert.StartsWith("[Evaluate]", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, Grad((Tensor v) => Compile((Tensor u) => u * Asked(v * v))!.Invoke(1.0), (Tensor)2.0).Item());
    }

    /// <summary>A product of a long inner length is summed in blocks, each rounded before it is added: to a bias first, or last.</summary>
    [Theory]
    [InlineData(70)]
    [InlineData(3000)]
    public void BitsDoNotDependOnWhatWasAskedForBefore(int inner)
    {
        var (a, b, c) = (Key.Of(1).Normal([5, inner]), Key.Of(2).Normal([inner, 6]), Key.Of(3).Normal([5, 6]));
        Tensor[] Nodes()
        {
            var product = MatMul(a, b);
            var swapped = Transpose(product + c);
            return [product, swapped, Sum(swapped, 0), LogSumExp(Slice(swapped, 1, 0, 5, 2), 1), Sum(MatMul(swapped, c) + Tensor.Eye(6))];
        }

        var expected = Nodes()[^1].Item();
        var nodes = Nodes();
        var alone = Enumerable.Range(0, nodes.Length).Select(i => Nodes()[i].ToArray()).ToArray();
        Assert.Equal(alone, nodes.Select(node => node.ToArray()));
        Assert.Equal(expected, nodes[^1].Item());
        Assert.Equal(alone, Enumerable.Reverse(Nodes()).Select(node => node.ToArray()).Reverse());
        Assert.Equal(Compile((Tensor x) => x * Nodes()[^1]).Invoke(1.0).Item(), Compile((Tensor x) => x * nodes[^1]).Invoke(1.0).Item());
        Assert.Equal(
            Compile<float, Tensor, Tensor>(x => x * Sum(Exp(Tensor.Range(40) / 7))).Invoke(1.0).Item(),
            Compile<float, Tensor, Tensor>(x => x * Asked(Sum(Exp(Tensor.Range(40) / 7)))).Invoke(1.0).Item()
        );
    }

    [Fact]
    public void ManyThreadsMayAskAtOnceWhileOthersDifferentiate()
    {
        for (var round = 0; round < 6; round++)
        {
            var chain = new Tensor[100];
            chain[0] = Exp(X);
            for (var i = 1; i < chain.Length; i++)
                chain[i] =
                    i % 10 == 0 ? Transpose(Reshape(Sin(chain[i - 1]), 1, 3)) + Sum(chain[i / 2])
                    : i % 10 == 5 ? Checkpoint((Tensor x) => Sin(x * x))(chain[i - 1])
                    : Sin(chain[i - 1] + 1);
            var seen = new Constant[8][];
            var gradients = new double[8];
            Parallel.For(
                0,
                seen.Length,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                thread =>
                {
                    var order = Enumerable.Range(0, chain.Length).OrderBy(i => Key.Of((ulong)thread).FoldIn((ulong)i).Uniform([]).Item());
                    seen[thread] = new Constant[chain.Length];
                    foreach (var i in order)
                    {
                        gradients[thread] = Grad((Tensor v) => Sum(v * chain[^1]), X).ToArray()[0];
                        _ = Graph.Of([], [chain[^1]]).ToString();
                        seen[thread][i] = Evaluate(chain[i]) is Constant value ? value : throw new InvalidOperationException();
                    }
                }
            );
            for (var thread = 1; thread < seen.Length; thread++)
            {
                for (var i = 0; i < chain.Length; i++)
                    Assert.Equal(seen[0][i].Buffer, seen[thread][i].Buffer);
                Assert.Equal(gradients[0], gradients[thread]);
            }
        }
    }

    private static Tensor Loss(Tensor x) => Sum(Square(Tanh(x) - 0.3));

    private static Tensor Asked(Tensor x)
    {
        x.ToArray();
        return x;
    }

    private static int Remaining(Tensor x) => Graph.Of([], [x]).Nodes.Length;
}
