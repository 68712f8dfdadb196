namespace AutoDiff.Curvature;

/// <summary>How sharply a loss rises around a point.</summary>
/// <remarks>
/// None of these numbers is the function's own: scaling a layer before a ReLU up and the next one down leaves the net what it is and makes each of them as large as one
/// likes (Dinh, Pascanu, Bengio, Bengio 2017). Compare points of one net in one parametrization, and state the neighbourhood, which every result holds.
/// </remarks>
public static class Sharpness
{
    private const int Steps = 100;

    /// <summary>Keskar's sharpness: 100·(max f(x + Ay) − f(x))/(1 + f(x)) over |yᵢ| ≤ ε·(|(A⁺x)ᵢ| + 1) (Keskar, Mudigere, Nocedal, Smelyanskiy, Tang 2017, metric 2.1).</summary>
    /// <param name="objective">The objective; its loss at the point must be above −1.</param>
    /// <param name="point">x.</param>
    /// <param name="options">ε, the subspace, starts, tolerance, key, limits, threads (which share the starts), progress and cancellation.</param>
    /// <remarks>
    /// The maximum is sought by spectral projected gradients from random points of the box (the paper takes ten steps of L-BFGS-B), to convergence, so that φ does not hang on a number of steps. Of a convex quadratic of diagonal H it is
    /// exact: ½·Σ hᵢbᵢ², b the box, at any vertex. One gradient a trial, some 1.1 a step; O(n) numbers a thread, p·n more for a subspace, and O(p²·n) time to orthogonalize it once.
    /// </remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's or not finite, its loss is not finite or not above −1, or the subspace has more dimensions than there are parameters.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the highest point met.</exception>
    public static KeskarSharpness<T> Keskar<T>(Objective<T> objective, T point, KeskarOptions? options = null)
        where T : ITensorTree<T>
    {
        const string operation = "Sharpness.Keskar";
        options ??= new();
        var (x, loss) = Start(operation, objective, point);
        Require.That(loss > -1, $"[{operation}] got a loss of {loss}; expected one above -1");
        var p = options.Dimensions ?? x.Length;
        Require.That(p <= x.Length, $"[{operation}] got a subspace of {p} dimensions; expected at most the {x.Length} parameters");
        var (spaceKey, startKey) = options.Key.Split();
        var space = options.Dimensions is null ? null : RandomSubspace.Of(x.Length, p, spaceKey);
        var box = space?.Coordinates(x) ?? (double[])x.Clone();
        for (var i = 0; i < p; i++)
            box[i] = options.Epsilon * (Math.Abs(box[i]) + 1);

        var ascents = Ascend(
            options.Starts,
            () => new(Value, Clip, options.Tolerance, options.MaxIterations ?? Steps),
            i => startKey.FoldIn((ulong)i).Uniform([p], -1, 1).ToArray(),
            options,
            "Keskar"
        );
        var end = Best(ascents, loss);
        var result = new KeskarSharpness<T>
        {
            Value = 100 * (end.Highest - loss) / (1 + loss),
            Outcome = end.Outcome,
            Iterations = ascents.Sum(ascent => ascent.Iterations),
            Products = 0,
            Measure = end.Best?.Measure ?? double.NaN,
            Epsilon = options.Epsilon,
            Dimensions = p,
            Loss = loss,
            MaxLoss = end.Highest,
            Maximizer = objective.Unravel(end.Best is { } best ? At(best.Point) : x),
            Evaluations = 1 + ascents.Sum(ascent => ascent.Evaluations),
        };
        return options.Cancellation.IsCancellationRequested && result.Outcome == Outcome.Cancelled
            ? throw new IterationCanceledException<KeskarSharpness<T>>(operation, result.Iterations, result, options.Cancellation)
            : result;

        double[] At(double[] z)
        {
            var y = (double[])z.Clone();
            for (var i = 0; i < p; i++)
                y[i] *= box[i];
            var at = space?.Map(y) ?? y;
            VectorLoops.AddScaled(1, x, at);
            return at;
        }

        double Value(double[] z, double[] gradient)
        {
            var slope = new double[x.Length];
            var value = objective.ValueAndGradient(At(z), slope);
            (space?.Pull(slope) ?? slope).CopyTo(gradient, 0);
            for (var i = 0; i < p; i++)
                gradient[i] *= box[i];
            return value;
        }
    }

    /// <summary>The highest loss within a ball: max f(x + δ) − f(x) over ‖δ‖₂ ≤ ρ, and SAM's first step towards it (Foret, Kleiner, Mobahi, Neyshabur 2021).</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">x.</param>
    /// <param name="radius">ρ, above 0; 0.05 is the paper's.</param>
    /// <param name="options">Tolerance, key, limits, threads, progress and cancellation.</param>
    /// <remarks>
    /// SAM goes δ = ρ·g/‖g‖, as a linear loss would have it. Spectral projected gradients go on from there and from a random direction; where the loss is convex they are δ ← ρ·∇f(x + δ)/‖∇f(x + δ)‖, at a
    /// minimum of a quadratic the power method: the rise is then ½ρ²λmax. One gradient a trial, some 1.1 a step, one evaluation and gradient more; O(n) memory a thread.
    /// </remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's or not finite, its loss is not finite, or the radius is not positive and finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the highest point met.</exception>
    public static AscentSharpness<T> Ascent<T>(Objective<T> objective, T point, double radius, AscentOptions? options = null)
        where T : ITensorTree<T>
    {
        const string operation = "Sharpness.Ascent";
        options ??= new();
        Require.That(radius > 0 && double.IsFinite(radius), $"[{operation}] got a radius of {radius}; expected a positive number");
        var (x, loss) = Start(operation, objective, point);
        var gradient = new double[x.Length];
        objective.ValueAndGradient(x, gradient);
        Require.Finite(operation, "the gradient", gradient);
        var flat = VectorLoops.Norm(gradient) == 0;
        ToSphere(gradient);
        var first = flat ? double.NaN : objective.Value(At(gradient)) - loss;
        var random = options.Key.Normal([x.Length]).ToArray();
        ToSphere(random);
        double[][] starts = flat ? [random] : [gradient, random];
        var ascents = Ascend(
            starts.Length,
            () => new(Value, ToBall, options.Tolerance, options.MaxIterations ?? Steps),
            i => starts[i],
            options,
            "ascent"
        );
        var end = Best(ascents, loss);
        var step = new double[x.Length];
        if (end.Best is { } best)
            VectorLoops.AddScaled(radius, best.Point, step);
        var result = new AscentSharpness<T>
        {
            Value = objective.Unravel(step),
            Outcome = end.Outcome,
            Iterations = ascents.Sum(ascent => ascent.Iterations),
            Products = 0,
            Measure = end.Best?.Measure ?? double.NaN,
            Radius = radius,
            Loss = loss,
            Rise = end.Highest - loss,
            FirstOrderRise = first,
            Evaluations = (flat ? 2 : 3) + ascents.Sum(ascent => ascent.Evaluations),
        };
        return options.Cancellation.IsCancellationRequested && result.Outcome == Outcome.Cancelled
            ? throw new IterationCanceledException<AscentSharpness<T>>(operation, result.Iterations, result, options.Cancellation)
            : result;

        double[] At(double[] z)
        {
            var at = (double[])x.Clone();
            VectorLoops.AddScaled(radius, z, at);
            return at;
        }

        double Value(double[] z, double[] slope)
        {
            var value = objective.ValueAndGradient(At(z), slope);
            VectorLoops.Scale(radius, slope);
            return value;
        }
    }

    private static (double[] X, double Loss) Start<T>(string operation, Objective<T> objective, T point)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        var x = objective.Ravel(operation, point);
        Require.Finite(operation, "the point", x);
        var loss = objective.Value(x);
        Require.Finite(operation, "the loss", [loss]);
        return (x, loss);
    }

    private static ProjectedAscent[] Ascend(
        int count,
        Func<ProjectedAscent> make,
        Func<int, double[]> start,
        IterationOptions options,
        string stage
    )
    {
        var (ascents, done) = (new ProjectedAscent[count], 0);
        for (var i = 0; i < count; i++)
            ascents[i] = make();
        try
        {
            Work.Share(
                count,
                i =>
                {
                    ascents[i].Run(start(i), options.Cancellation);
                    options.Progress?.Report(
                        new(
                            stage,
                            (double)Interlocked.Increment(ref done) / count,
                            ascents[i].Iterations,
                            ascents[i].Value,
                            ascents[i].Measure
                        )
                    );
                },
                options
            );
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            // What was reached is in the ascents, whose outcome says that they were cancelled.
        }
        return ascents;
    }

    /// <summary>The ascent that came highest, if above the point itself, and the worst outcome of any.</summary>
    private static (ProjectedAscent? Best, double Highest, Outcome Outcome) Best(ProjectedAscent[] ascents, double loss)
    {
        var (best, highest) = ((ProjectedAscent?)null, loss);
        foreach (var ascent in ascents)
            (best, highest) = ascent.Value > highest ? (ascent, ascent.Value) : (best, highest);
        Outcome[] worst = [Outcome.Cancelled, Outcome.NotFinite, Outcome.MaxIterations, Outcome.Stagnated, Outcome.Converged];
        return (best, highest, worst.First(outcome => Array.Exists(ascents, ascent => ascent.Outcome == outcome)));
    }

    private static void Clip(double[] z)
    {
        for (var i = 0; i < z.Length; i++)
            z[i] = Math.Clamp(z[i], -1, 1);
    }

    private static void ToBall(double[] z)
    {
        if (VectorLoops.Norm(z) > 1)
            ToSphere(z);
    }

    private static void ToSphere(double[] z)
    {
        var norm = VectorLoops.Norm(z);
        for (var i = 0; norm > 0 && i < z.Length; i++)
            z[i] /= norm;
    }
}
