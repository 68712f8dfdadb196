using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Penalties of parameters: what is added to a loss so that they stay small.</summary>
/// <remarks>
/// Leaves are named by their paths, as <c>layers.0.weight</c>. A function of paths says each leaf's λ, 0 leaving it out; without one all leaves have the same.
/// Adding a penalty to the loss puts it into the Hessian too; <c>AddDecayedWeights</c> and <c>ProximalL1</c> put it into the step instead.
/// </remarks>
public static class Penalties
{
    /// <summary>½ λ ‖w‖², whose gradient is λ w: PyTorch's weight decay as a loss.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <exception cref="ArgumentException">λ is negative or not finite.</exception>
    public static Tensor L2<T>(T parameters, double lambda)
        where T : ITensorTree<T> => L2(parameters, All(lambda, nameof(L2)));

    /// <summary>Σ ½ λ ‖w‖² over the leaves, each with its own λ.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">Path → λ.</param>
    /// <exception cref="ArgumentException">A λ is negative or not finite.</exception>
    public static Tensor L2<T>(T parameters, Func<string, double> lambda)
        where T : ITensorTree<T> => Total(parameters, lambda, nameof(L2), (w, weight) => 0.5 * weight * Sum(Square(w)));

    /// <summary>λ Σ |w|, whose gradient is λ sign(w), 0 at 0.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <remarks>Descent with it only hovers about 0; <c>ProximalL1</c> sets weights to 0.</remarks>
    /// <exception cref="ArgumentException">λ is negative or not finite.</exception>
    public static Tensor L1<T>(T parameters, double lambda)
        where T : ITensorTree<T> => L1(parameters, All(lambda, nameof(L1)));

    /// <summary>Σ λ |w| over the leaves, each with its own λ.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">Path → λ.</param>
    /// <exception cref="ArgumentException">A λ is negative or not finite.</exception>
    public static Tensor L1<T>(T parameters, Func<string, double> lambda)
        where T : ITensorTree<T> => Total(parameters, lambda, nameof(L1), (w, weight) => weight * Sum(Abs(w)));

    /// <summary>λ (ρ Σ |w| + ½ (1 − ρ) ‖w‖²).</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <param name="ratio">ρ, the share of L1, 0 to 1.</param>
    /// <remarks>Zou, Hastie (2005), in the form of scikit-learn and glmnet.</remarks>
    /// <exception cref="ArgumentException">λ is negative or not finite, or ρ is out of range.</exception>
    public static Tensor ElasticNet<T>(T parameters, double lambda, double ratio = 0.5)
        where T : ITensorTree<T> => ElasticNet(parameters, All(lambda, nameof(ElasticNet)), ratio);

    /// <summary>Σ λ (ρ |w| + ½ (1 − ρ) w²) over the leaves, each with its own λ.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="lambda">Path → λ.</param>
    /// <param name="ratio">ρ, the share of L1, 0 to 1.</param>
    /// <exception cref="ArgumentException">A λ is negative or not finite, or ρ is out of range.</exception>
    public static Tensor ElasticNet<T>(T parameters, Func<string, double> lambda, double ratio = 0.5)
        where T : ITensorTree<T>
    {
        Require.That(ratio is >= 0 and <= 1, $"[Penalties.ElasticNet] got ratio {ratio}; expected 0 to 1");
        return Total(
            parameters,
            lambda,
            nameof(ElasticNet),
            (w, weight) => weight * Sum((ratio * Abs(w)) + (0.5 * (1 - ratio) * Square(w)))
        );
    }

    /// <summary>λ for every leaf but biases: those whose path's last part is <c>bias</c>, in capitals or not.</summary>
    /// <param name="lambda">λ.</param>
    public static Func<string, double> WithoutBiases(double lambda) => WithoutBiases(_ => lambda);

    /// <summary>What a function says, and 0 for biases: leaves whose path's last part is <c>bias</c>, in capitals or not.</summary>
    /// <param name="lambda">Path → λ.</param>
    public static Func<string, double> WithoutBiases(Func<string, double> lambda)
    {
        Require.NotNull(lambda, "Penalties.WithoutBiases");
        return path => path[(path.LastIndexOf('.') + 1)..].Equals("bias", StringComparison.OrdinalIgnoreCase) ? 0 : lambda(path);
    }

    /// <summary>A λ for each part of a net, as <c>("layers.0", 1e-3), ("layers.1.weight", 1e-4)</c>; 0 for what no path holds.</summary>
    /// <param name="parameters">The net's parameters, whose leaves the paths are held against.</param>
    /// <param name="lambdas">Paths of leaves, or the beginnings of paths, and their λ. The longest that a leaf's path begins with counts.</param>
    /// <exception cref="ArgumentException">A path is null, empty or named twice, no leaf's path begins with it, or its λ is negative or not finite.</exception>
    public static Func<string, double> ByPath<T>(T parameters, params (string Path, double Lambda)[] lambdas)
        where T : ITensorTree<T>
    {
        Require.NotNull(lambdas, "Penalties.ByPath");
        var names = TreeMath.Names(parameters);
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (path, lambda) in lambdas)
        {
            Require.That(
                !string.IsNullOrEmpty(path) && known.TryAdd(path, lambda),
                $"[Penalties.ByPath] got the path \"{path}\"; expected paths that are not empty, each once"
            );
            Require.That(
                names.Any(name => BeginsWith(name, path)),
                $"[Penalties.ByPath] got the path \"{path}\"; expected one that leaves begin with, as {string.Join(", ", names.Select(name => $"\"{name}\"").Take(8))}"
            );
            RequireLambda(lambda, $"\"{path}\"", nameof(ByPath));
        }
        return path => Longest(known, path);
    }

    private static bool BeginsWith(string name, string path) =>
        name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] is '.' or '[');

    private static double Longest(Dictionary<string, double> known, string path)
    {
        for (var end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            if (known.TryGetValue(path[..end], out var lambda))
                return lambda;
        }
        return 0;
    }

    private static Func<string, double> All(double lambda, string penalty)
    {
        RequireLambda(lambda, "all leaves", penalty);
        return _ => lambda;
    }

    private static Tensor Total<T>(T parameters, Func<string, double> lambda, string penalty, Func<Tensor, double, Tensor> of)
        where T : ITensorTree<T>
    {
        Require.NotNull(lambda, $"Penalties.{penalty}");
        var (names, leaves) = (TreeMath.Names(parameters), TreeMath.Leaves(parameters));
        Tensor total = 0;
        for (var i = 0; i < leaves.Length; i++)
        {
            var weight = lambda(names[i]);
            RequireLambda(weight, $"\"{names[i]}\"", penalty);
            if (weight > 0)
                total += of(leaves[i], weight);
        }
        return total;
    }

    private static void RequireLambda(double lambda, string leaf, string penalty) =>
        Require.That(
            lambda >= 0 && double.IsFinite(lambda),
            $"[Penalties.{penalty}] got lambda {lambda} for {leaf}; expected a finite number of at least 0"
        );
}
