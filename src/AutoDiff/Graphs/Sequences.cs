using static AutoDiff.Ops;
using static AutoDiff.UnaryKind;

namespace AutoDiff;

/// <summary>The sequences of functions of one argument: a row each, with value and slope by the order. The compiler names a member without one.</summary>
internal static class Sequences
{
    private delegate double Value(int order, double x);

    private delegate Tensor Slope(int order, Tensor x);

    /// <summary>The row of a function: like that of a function without orders.</summary>
    public static UnaryRow Of(Op.Ordered op)
    {
        var (value, slope) = Row(op.Function);
        var function = (double x) => value(op.Order, x);
        var kernel = op is { Function: Sequence.Sinc, Order: 0 } ? Maps.Sinc : MapKernel.Of(function);
        return new(Function, function, (x, y) => slope(op.Order, x), kernel);
    }

    /// <summary>A shape, once it is sure that the function is one and the order in range.</summary>
    /// <exception cref="ArgumentException">The sequence has no name, or the order is out of range.</exception>
    public static Shape Checked(Op.Ordered op, Shape shape)
    {
        Require.That(Enum.IsDefined(op.Function), $"[{op.Function}] got a Sequence of no name; expected a member");
        Require.That(
            op.Order is >= 0 and <= Op.Ordered.Most,
            $"[{op.Name}] got order {op.Order}; expected 0 to {Op.Ordered.Most}, derivatives counting 1 each"
        );
        return shape;
    }

    private static (Value Value, Slope Slope) Row(Sequence function) =>
        function switch
        {
            Sequence.LogGamma => (
                (n, x) => n == 0 ? GammaFunctions.LogGamma(x) : GammaFunctions.PolyGamma(n - 1, x),
                (n, x) => Ordered(Sequence.LogGamma, n + 1, x)
            ),
            Sequence.Sinc => (SincFunctions.Derivative, (n, x) => Ordered(Sequence.Sinc, n + 1, x)),
            Sequence.BesselI0e => (BesselFunctions.I0eMoment, (n, x) => -Sign(x) * Ordered(Sequence.BesselI0e, n + 1, x)),
        };
}
