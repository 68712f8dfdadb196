namespace AutoDiff.Curvature;

/// <summary>When <see cref="Newton"/> stops; after 100 steps unless <see cref="IterationOptions.MaxIterations"/> says otherwise, some times what smooth problems take from an ordinary start.</summary>
public sealed record NewtonOptions : IterationOptions
{
    /// <summary>τ, to which the parameters or the loss are to be right, relative to their size; 1e-8 by default.</summary>
    /// <remarks>
    /// About √ε of double precision. The decrease left is of second order: τ² of the loss is then below its rounding (Gill, Murray, Wright 1981, section 8.2.3), and
    /// the step left, a relative τ, is an error that one more step would square.
    /// </remarks>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("NewtonOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>What the gradient's 2-norm must come down to as well, in the loss's and the parameters' own units; nothing where null, the default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? GradientTolerance
    {
        get;
        init
        {
            Require.NonNegative("NewtonOptions", "a gradient tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>Above 128 parameters, the most products of the look for negative curvature from a random vector before a point is called a minimum; 200 by default. For as many vectors [n] there is room, up to a gibibyte.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int CurvatureProducts
    {
        get;
        init
        {
            Require.Positive("NewtonOptions", "a number of products of", value);
            field = value;
        }
    } = 200;

    /// <summary>The key that the random vector is drawn from.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Key Key
    {
        get;
        init
        {
            Require.NotNull(value, "NewtonOptions");
            field = value;
        }
    } = Key.Of(0);

    /// <summary>The range of a Hessian's eigenvalues, as far as it matters whether one is below −τ of the largest.</summary>
    internal SpectralRange Range(LinearOperator hessian) =>
        SpectralRange.Of(hessian, Key, CurvatureProducts, (lowest, norm) => lowest < -2 * Flat(hessian.Size, norm), this);

    /// <summary>The magnitude up to which curvature counts as none, of a largest.</summary>
    internal double Flat(int size, double largest) => Math.Max(Tolerance * largest, NewtonModel.Rounding(size, largest, 0));
}
