using AutoDiff.Laws;
using FsCheck;

namespace AutoDiff.Properties;

/// <summary>Every public method of <see cref="Ops"/> and every operator of <see cref="Tensor"/>, in each argument that it can be differentiated in.</summary>
public static partial class Cases
{
    /// <summary>Rows of ops.</summary>
    public static IReadOnlyList<Case> Ops { get; } =
    [
        .. Elementwise(),
        .. Binaries(),
        .. Operators(),
        .. Reductions(),
        .. Contractions(),
        .. Factors(),
        .. Solutions(),
        .. Convolutions(),
        .. Signals(),
        .. Structures(),
        .. Movements(),
        .. Spectra(),
        .. Orders(),
        .. Runs(),
        .. Arrangements(),
        .. Updates(),
        .. Identities(),
        .. Sizes(),
        .. Draws(),
    ];

    /// <summary>Rows of matrix products and convolutions, among those of ops.</summary>
    public static IReadOnlyList<Case> Products { get; } = [.. Contractions(), .. Convolutions()];

    /// <summary>Rows of functions made by transforms.</summary>
    public static IReadOnlyList<Case> Transforms { get; } = [.. Transformed(), .. Loops()];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Case> All { get; } = [.. Ops, .. Transforms];

    private static Arbitrary<Tensor> Any(params int[] shape) => Tensors.Of(Shape.Of(shape), Domain.Any);

    private static Arbitrary<Tensor> In(Domain domain, params int[] shape) => Tensors.Of(Shape.Of(shape), domain);

    private static Arbitrary<Tensor> Shaped(Domain domain) => Tensors.Of(Shapes.Any, domain);

    /// <summary>A fixed tensor whose elements are distinct multiples of 1⁄8, none an integer or a half, from about −1 to 1.</summary>
    private static Tensor Fixed(params int[] shape)
    {
        var size = Shape.Of(shape).Size;
        return Tensors.Constant([.. Enumerable.Range(0, size).Select(i => ((i * 5 % 7) - 3.25) / 3.0)], Shape.Of(shape));
    }

    /// <summary>A fixed positive tensor.</summary>
    private static Tensor FixedPositive(params int[] shape) => AutoDiff.Ops.Abs(Fixed(shape)) + 0.5;
}
