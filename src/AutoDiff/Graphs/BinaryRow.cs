namespace AutoDiff;

/// <summary>What is known of an elementwise function z = f(x, y): its row in <see cref="Binaries"/>, from which all else follows.</summary>
/// <param name="Kind">How it depends on its arguments.</param>
/// <param name="Value">Its value at two numbers: what every fast path must equal.</param>
/// <param name="SlopeX">∂z ⁄ ∂x as graph, from x, y and z; null where it is 0 wherever it exists.</param>
/// <param name="SlopeY">∂z ⁄ ∂y, likewise.</param>
/// <param name="Kernel">Its loops over many numbers; <c>ZipKernel.Of</c> the value where there are no faster ones.</param>
internal sealed record BinaryRow(
    BinaryKind Kind,
    Func<double, double, double> Value,
    Func<Tensor, Tensor, Tensor, Tensor>? SlopeX,
    Func<Tensor, Tensor, Tensor, Tensor>? SlopeY,
    ZipKernel Kernel
)
{
    /// <summary>Whether f(x, y) and f(y, x) are the same bits.</summary>
    public bool Commutes { get; init; }

    /// <summary>What is known of the op that applies it.</summary>
    public OpFacts Facts { get; } =
        new(
            OpKind.Zip,
            2,
            2,
            (SlopeX, SlopeY) switch
            {
                (not null, not null) => Arguments.All,
                (not null, null) => Arguments.First,
                (null, not null) => Arguments.AllButFirst,
                (null, null) => Arguments.None,
            },
            Arrangement.Computed
        );

    /// <summary>Whether computing it again costs no more than reading its result.</summary>
    public bool IsCheap =>
        Kind switch
        {
            BinaryKind.Sum or BinaryKind.Product or BinaryKind.Choice => true,
            BinaryKind.Quotient or BinaryKind.Function => false,
        };
}

/// <summary>How a function of two numbers depends on them.</summary>
internal enum BinaryKind
{
    /// <summary>Linear in both together.</summary>
    Sum,

    /// <summary>Linear in each.</summary>
    Product,

    /// <summary>Linear in the first.</summary>
    Quotient,

    /// <summary>One of the two, or a verdict on them: nothing is rounded.</summary>
    Choice,

    /// <summary>Any other way.</summary>
    Function,
}
