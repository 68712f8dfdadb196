namespace AutoDiff;

/// <summary>What is known of an elementwise function y = f(x): its row in <see cref="Unaries"/>, from which all else follows.</summary>
/// <param name="Kind">What it does to a number.</param>
/// <param name="Value">Its value at one number: what every fast path must equal.</param>
/// <param name="Slope">dy ⁄ dx as graph, from x and y; null where it is 0 wherever it exists.</param>
/// <param name="Kernel">Its loop over many numbers; <c>MapKernel.Of</c> the value where there is no faster one.</param>
internal sealed record UnaryRow(UnaryKind Kind, Func<double, double> Value, Func<Tensor, Tensor, Tensor>? Slope, MapKernel Kernel)
{
    /// <summary>Whether computing it again costs no more than reading its result.</summary>
    public bool IsCheap { get; init; }

    /// <summary>The function of two arguments that gives it where both are x; null where there is none.</summary>
    public Binary? Twice { get; init; }

    /// <summary>The two functions of one argument, of which it is one, that one pass computes; null where it is computed alone.</summary>
    public Twins? Twins { get; init; }

    /// <summary>What is known of the op that applies it.</summary>
    public OpFacts Facts { get; } =
        new(
            OpKind.Map,
            1,
            1,
            Slope is null ? Arguments.None : Arguments.All,
            Kind == UnaryKind.Renaming ? Arrangement.Same : Arrangement.Computed
        );

    /// <summary>Whether every result is exact.</summary>
    public bool IsExact =>
        Kind switch
        {
            UnaryKind.Renaming or UnaryKind.Linear or UnaryKind.Exact => true,
            UnaryKind.Function => false,
        };
}

/// <summary>What a function does to a number.</summary>
internal enum UnaryKind
{
    /// <summary>Nothing: the result is the argument.</summary>
    Renaming,

    /// <summary>An exact linear function.</summary>
    Linear,

    /// <summary>Any other function whose results need no rounding.</summary>
    Exact,

    /// <summary>A function whose results are rounded.</summary>
    Function,
}

/// <summary>Two functions of one argument that are computed in one pass.</summary>
/// <param name="First">The kernel's first result.</param>
/// <param name="Second">Its second.</param>
/// <param name="Kernel">The loop.</param>
internal sealed record Twins(Unary First, Unary Second, MapTwoKernel Kernel);
