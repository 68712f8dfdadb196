using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <content>Targets that are values, and targets that a net gives.</content>
public static partial class Toys
{
    /// <summary>A function with noise: x uniform in [low, high), y = function(x) + noise.</summary>
    /// <param name="function">What is to be found, x [count, 1] → [count, 1].</param>
    /// <param name="count">How many rows.</param>
    /// <param name="low">The least x.</param>
    /// <param name="high">What all x are below.</param>
    /// <param name="noise">The deviation of the noise on y, at least 0.</param>
    /// <param name="key">What x and the noise are drawn by.</param>
    /// <returns>Inputs [count, 1] and targets [count, 1].</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the function gives another shape.</exception>
    public static Dataset Curve(Func<Tensor, Tensor> function, int count, double low, double high, double noise, Key key)
    {
        Require.NotNull(function, "Toys.Curve");
        Check(nameof(Curve), count, noise, key);
        var (places, errors) = key.Split();
        var x = places.Uniform([count, 1], low, high);
        var y = function(x);
        Require.That(y.Shape.Equals(x.Shape), $"[Toys.Curve] the function gives {y.Shape} of {x.Shape}; expected as many values");
        return Made(key, new(x, noise == 0 ? y : y + errors.Normal(y.Shape, 0, noise)));
    }

    /// <summary>A sine with noise: x uniform in [0, 1), y = sin(2π · periods · x) + noise.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="noise">The deviation of the noise on y, at least 0.</param>
    /// <param name="key">What x and the noise are drawn by.</param>
    /// <param name="periods">How many periods there are; 1 unless given, as in Bishop (2006), Pattern Recognition and Machine Learning, 1.1.</param>
    /// <returns>Inputs [count, 1] and targets [count, 1].</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Sines(int count, double noise, Key key, double periods = 1)
    {
        Require.That(double.IsFinite(periods), $"[Toys.Sines] got {periods} periods; expected a finite number");
        Check(nameof(Sines), count, noise, key);
        return Curve(x => Sin(2 * Math.PI * periods * x), count, 0, 1, noise, key);
    }

    /// <summary>A sheet rolled up: (t cos t, 21v, t sin t) with t = 1.5π(1 + 2u), u and v uniform in [0, 1); the target is t, the place along the sheet.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="noise">The noise's deviation, at least 0.</param>
    /// <param name="key">What places and noise are drawn by.</param>
    /// <returns>Inputs [count, 3] and targets [count].</returns>
    /// <remarks>As scikit-learn's make_swiss_roll (Marsland 2009, Machine Learning: An Algorithmic Perspective, chapter 10).</remarks>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset SwissRoll(int count, double noise, Key key)
    {
        Check(nameof(SwissRoll), count, noise, key);
        var keys = key.Split(3);
        var t = 1.5 * Math.PI * (1 + (2 * keys[0].Uniform([count])));
        var points = Stack([t * Cos(t), 21 * keys[1].Uniform([count]), t * Sin(t)], -1);
        return Made(key, new(noise == 0 ? points : points + keys[2].Normal(points.Shape, 0, noise), t));
    }

    /// <summary>What a net says of standard normal inputs, to be learnt by another: y = net(x) + noise.</summary>
    /// <param name="net">The teacher, x [count, features] → [count, …].</param>
    /// <param name="count">How many rows.</param>
    /// <param name="features">How many inputs the net has.</param>
    /// <param name="noise">The deviation of the noise on y, at least 0.</param>
    /// <param name="key">What inputs and noise are drawn by; the net's own weights are its own.</param>
    /// <returns>Inputs [count, features] and the net's outputs [count, …].</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the outputs have other rows.</exception>
    public static Dataset Teacher(Func<Tensor, Tensor> net, int count, int features, double noise, Key key)
    {
        Require.NotNull(net, "Toys.Teacher");
        Check(nameof(Teacher), count, noise, key);
        Require.That(features >= 1, $"[Toys.Teacher] got {features} features; expected at least 1");
        var (places, errors) = key.Split();
        var x = places.Normal([count, features]);
        var y = net(x);
        return Made(key, new(x, noise == 0 ? y : y + errors.Normal(y.Shape, 0, noise)));
    }

    /// <summary>The class that a net gives standard normal inputs: where its output is largest.</summary>
    /// <param name="net">The teacher, x [count, features] → scores [count, classes].</param>
    /// <param name="count">How many rows.</param>
    /// <param name="features">How many inputs the net has.</param>
    /// <param name="key">What the inputs are drawn by.</param>
    /// <returns>Inputs [count, features] and class numbers [count], as many of each as the net gives.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the outputs have other rows.</exception>
    public static Dataset TeacherClasses(Func<Tensor, Tensor> net, int count, int features, Key key)
    {
        var set = Teacher(net, count, features, 0, key);
        Require.That(set.Targets.Rank == 2, $"[Toys.TeacherClasses] the net gives {set.Targets.Shape}; expected scores [count,classes]");
        return Made(key, new(set.Inputs, ArgMax(set.Targets)));
    }
}
