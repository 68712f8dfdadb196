namespace AutoDiff.Curvature;

/// <summary>Images along a path with their losses and gradients.</summary>
internal sealed class PathImages(double[][] x, double[] losses, double[][] gradients)
{
    public double[][] X => x;

    public double[] Losses => losses;

    public double[][] Gradients => gradients;

    public int Count => x.Length;

    public double[] ArcLength { get; } = Polyline.ArcLength(x);

    /// <summary>The mean distance between neighbours.</summary>
    public double Spacing => ArcLength[^1] / (Count - 1);

    public bool IsFinite =>
        Array.TrueForAll(losses, double.IsFinite) && Array.TrueForAll(gradients, g => Array.TrueForAll(g, double.IsFinite));

    /// <summary>The highest image between the ends.</summary>
    public int Top
    {
        get
        {
            var top = 1;
            for (var i = 2; i < Count - 1; i++)
                top = losses[i] > losses[top] ? i : top;
            return top;
        }
    }

    /// <summary>Whether an image is between the ends, above them and above its neighbours.</summary>
    public bool IsTop(int i) => i > 0 && losses[i] > Math.Max(Floor, Math.Max(losses[i - 1], losses[i + 1]));

    /// <summary>The loss at the higher end.</summary>
    public double Floor => Math.Max(losses[0], losses[^1]);

    /// <summary>The unit tangent at an image between the ends, by the differences to the higher neighbour, at an extremum weighted (Henkelman, Jónsson 2000, equations 8–11); 0 where neighbours coincide.</summary>
    public double[] Tangent(int i)
    {
        var (before, here, after) = (losses[i - 1], losses[i], losses[i + 1]);
        var (left, right) = (Math.Abs(here - before), Math.Abs(after - here));
        var (back, ahead) =
            before < here && here < after ? (0.0, 1.0)
            : before > here && here > after ? (1.0, 0.0)
            : Weights(Math.Max(left, right), Math.Min(left, right), after > before);
        var tangent = new double[x[i].Length];
        VectorLoops.AddScaled(ahead, x[i + 1], -ahead, x[i], tangent);
        VectorLoops.AddScaled(back, x[i], -back, x[i - 1], tangent);
        var norm = VectorLoops.Norm(tangent);
        if (norm > 0)
        {
            for (var j = 0; j < tangent.Length; j++)
                tangent[j] /= norm;
        }
        return tangent;
    }

    /// <summary>The gradient at an image less its part along the tangent.</summary>
    public double[] Across(int i, double[] tangent)
    {
        var across = (double[])gradients[i].Clone();
        VectorLoops.AddScaled(-VectorLoops.Dot(tangent, across), tangent, across);
        return across;
    }

    /// <summary>The largest gradient norm across the path, at the climbing image that of the whole gradient.</summary>
    public double Measure(double[][] tangents, int climber)
    {
        var largest = 0.0;
        for (var i = 1; i < Count - 1; i++)
            largest = Math.Max(largest, VectorLoops.Norm(i == climber ? gradients[i] : Across(i, tangents[i])));
        return largest;
    }

    /// <summary>The top of the parabola through the highest image and its neighbours, on the straight pieces between them.</summary>
    public double[] Summit()
    {
        var top = Top;
        var (back, ahead) = (ArcLength[top] - ArcLength[top - 1], ArcLength[top + 1] - ArcLength[top]);
        if (back == 0 || ahead == 0)
            return x[top];
        var (rise, fall) = ((losses[top] - losses[top - 1]) / back, (losses[top + 1] - losses[top]) / ahead);
        var bend = (rise - fall) / (back + ahead); // −f''/2, not negative at a top
        var step = bend > 0 ? Math.Clamp((((rise * ahead) + (fall * back)) / (back + ahead)) / (2 * bend), -back, ahead) : 0;
        return step < 0 ? Polyline.Between(x[top], x[top - 1], -step / back) : Polyline.Between(x[top], x[top + 1], step / ahead);
    }

    private static (double Back, double Ahead) Weights(double more, double less, bool rises)
    {
        var share = more > 0 ? less / more : 1;
        return rises ? (share, 1) : (1, share);
    }
}
