using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>What randomness in compiled and mapped functions is for: dropout, Langevin steps, initial weights by seed.</summary>
public sealed class RandomFunctionTests
{
    /// <summary>A state's key is split at each step: every step drops others, each input as often as the rate says, and a fold of steps is the steps one by one.</summary>
    [Fact]
    public void Dropout_in_a_compiled_step_drops_anew_at_each_step()
    {
        const int inputs = 40;
        const int steps = 500;
        Pair<Key, Tensor> Step(Pair<Key, Tensor> state, Tensor batch)
        {
            var (next, own) = state.First.Split();
            var kept = own.Bernoulli([inputs], 0.75);
            var gradient = Grad((Tensor w) => Sum(batch * (kept / 0.75) * w))(state.Second);
            return new(next, state.Second + gradient);
        }

        var step = Compile((Pair<Key, Tensor> state, Tensor batch) => Step(state, batch));
        var start = new Pair<Key, Tensor>(Key.Of(9), Tensor.Zeros([inputs]));
        var batches = Enumerable.Repeat(Tensor.Ones([inputs]), steps).ToArray();
        var end = Fold(step, start, batches);
        Assert.Equal(end.Second.ToArray(), batches.Aggregate(start, step.Invoke).Second.ToArray());
        Assert.Equal(end.First, batches.Aggregate(start, step.Invoke).First);
        // Each weight's sum is binomial: mean 500, standard deviation √(500·0.25⁄0.75).
        var sums = end.Second.ToArray();
        Assert.All(sums, sum => Assert.InRange(sum, steps - (4.5 * Math.Sqrt(steps / 3.0)), steps + (4.5 * Math.Sqrt(steps / 3.0))));
        Assert.True(sums.Distinct().Count() > inputs / 3);
        var first = step.Invoke(start, batches[0]);
        Assert.NotEqual(first.Second.ToArray(), (step.Invoke(first, batches[0]).Second - first.Second).ToArray());
        var single = Fold(
            Compile((Pair<Key, Tensor> state, Tensor batch) => Step(state, batch), new() { Precision = Precision.Single }),
            start,
            batches
        );
        Assert.Equal(end.First, single.First); // exact: the same masks
        Assert.All(sums.Zip(single.Second.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
    }

    /// <summary>x ← x − ε∇U + √(2ε) z with U = ½ Σ xᵢ² ⁄ σᵢ² has stationary variance σᵢ² ⁄ (1 − ε ⁄ 2σᵢ²).</summary>
    [Fact]
    public void Langevin_chains_have_the_stationary_variance()
    {
        const double rate = 0.2;
        const int chains = 4000;
        const int steps = 120;
        double[] deviations = [0.5, 1, 1.5];
        Tensor Energy(Tensor x) => 0.5 * Sum(Square(x / Tensor.Of(deviations)));
        Pair<Key, Tensor> One(Pair<Key, Tensor> state)
        {
            var (next, own) = state.First.Split();
            return new(next, state.Second - (rate * Grad(Energy, state.Second)) + (Math.Sqrt(2 * rate) * own.Normal([3])));
        }

        var step = Compile<Pair<Key, Tensor>, Pair<Key, Tensor>>(Vmap<Pair<Key, Tensor>, Pair<Key, Tensor>>(One));
        var state = new Pair<Key, Tensor>(Key.Of(4).SplitBatch(chains), Tensor.Zeros([chains, 3]));
        for (var i = 0; i < steps; i++)
            state = step.Invoke(state);
        for (var i = 0; i < deviations.Length; i++)
        {
            var values = Take(state.Second, 1, i).ToArray();
            var variance = values.Average(x => x * x);
            var expected = deviations[i] * deviations[i] / (1 - (rate / (2 * deviations[i] * deviations[i])));
            Assert.InRange(variance, expected * (1 - (4.5 * Math.Sqrt(2.0 / chains))), expected * (1 + (4.5 * Math.Sqrt(2.0 / chains))));
            Assert.InRange(values.Average(), -4.5 * Math.Sqrt(expected / chains), 4.5 * Math.Sqrt(expected / chains));
        }
    }

    /// <summary>An ensemble: each seed's weights and its gradient are those of the seed alone.</summary>
    [Fact]
    public void Initial_weights_by_seed_are_mapped()
    {
        var x = Key.Of(1).Normal([7, 3]);
        Pair<Tensor, Tensor> Init(Key key)
        {
            var (first, second) = key.Split();
            return new(first.TruncatedNormal([3, 5]) / Math.Sqrt(3), second.Normal([5]));
        }

        Tensor Loss(Pair<Tensor, Tensor> net) => Mean(Square(MatMul(Tanh(MatMul(x, net.First)), net.Second)));
        Pair<Tensor, Tensor> Gradient(Key key) => Grad<Pair<Tensor, Tensor>>(Loss)(Init(key));
        var gradients = Compile(Vmap<Key, Pair<Tensor, Tensor>>(Gradient)).Invoke(Key.Of(8).SplitBatch(6));
        var keys = Key.Of(8).Split(6);
        for (var i = 0; i < keys.Length; i++)
        {
            var own = Gradient(keys[i]);
            Assert.All(
                own.First.ToArray().Zip(Take(gradients.First, 0, i).ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-14)
            );
            Assert.All(
                own.Second.ToArray().Zip(Take(gradients.Second, 0, i).ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-14)
            );
        }
        Assert.NotEqual(Take(gradients.First, 0, 0).ToArray(), Take(gradients.First, 0, 1).ToArray());
    }
}
