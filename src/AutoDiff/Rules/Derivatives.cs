namespace AutoDiff;

/// <summary>
/// The derivative of every elementwise primitive: one factor that multiplies a tangent in forward mode and a cotangent in reverse mode.
/// Null stands for a derivative that is 0 everywhere it exists.
/// </summary>
internal static class Derivatives
{
    /// <summary>dy ⁄ dx of y = f(x).</summary>
    public static Tensor? Of(Unary function, Tensor x, Tensor y) => Unaries.Of(function).Slope?.Invoke(x, y);

    /// <summary>(∂z ⁄ ∂x, ∂z ⁄ ∂y) of z = f(x, y).</summary>
    public static (Tensor? X, Tensor? Y) Of(Binary function, Tensor x, Tensor y, Tensor z)
    {
        var row = Binaries.Of(function);
        return (row.SlopeX?.Invoke(x, y, z), row.SlopeY?.Invoke(x, y, z));
    }

    /// <summary>The weights w of a reduction y of x with ẏ = Σ w ẋ, of x's shape; null where every weight is 1.</summary>
    public static Tensor? Of(Reduction kind, Ints axes, Tensor x, Tensor y) => Reductions.Of(kind).Slope?.Invoke(axes, x, y);

    /// <summary>slope · t, where a slope of null is 0 and stays null.</summary>
    public static Tensor? Times(Tensor? slope, Tensor t) => slope is null ? null : Slopes.Times(slope, t);

    /// <summary>Whether an op's result can vary with its argument at position <paramref name="argument"/> and have a derivative there.</summary>
    public static bool Reaches(Op op, int argument) =>
        op switch
        {
            Op.Map(var function) => Unaries.Of(function).Slope is not null,
            Op.Zip(var function) => (argument == 0 ? Binaries.Of(function).SlopeX : Binaries.Of(function).SlopeY) is not null,
            Op.ArgMax => false,
            Op.Select => argument > 0,
            Op.Gather or Op.ScatterAdd or Op.Barrier => argument == 0,
            Op.Custom => argument > 0,
            _ => true,
        };
}
