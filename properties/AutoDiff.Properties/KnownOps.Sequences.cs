namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    private static IEnumerable<KnownOp> Sequences() =>
        [
            new(
                new Op.Ordered(Sequence.LogGamma, 0),
                [Tensor.Of([0.5, 1, 2, 5, -1.25, 0, -2])],
                Tensor.Of([0.5723649429247001, 0, 0, 3.1780538303479458, 1.3664317612369763, Infinity, Infinity])
            ),
            new(
                new Op.Ordered(Sequence.LogGamma, 1),
                [Tensor.Of([0.5, 1.25, 12, -1.25, 0, -0.0, -2])],
                Tensor.Of([-1.9635100260214235, -0.22745353337626542, 2.442661679975812, 3.714139120213528, -Infinity, Infinity, NaN])
            ),
            new(
                new Op.Ordered(Sequence.LogGamma, 2),
                [Tensor.Of([0.5, 3, 20, -1.25, -0.25, -2])],
                Tensor.Of([4.934802200544679, 0.39493406684822646, 0.05127082293520312, 19.181879647671607, 18.541879647671607, Infinity])
            ),
            new(
                new Op.Ordered(Sequence.LogGamma, 3),
                [Tensor.Of([0.5, 3, -1.25, 0, -2])],
                Tensor.Of([-16.82879664423432, -0.15411380631918858, 123.72136678366236, -Infinity, NaN])
            ),
            new(
                new Op.Ordered(Sequence.Sinc, 0),
                [Tensor.Of([0, 0.5, 1.25, -3, Infinity])],
                Tensor.Of([1, 0.6366197723675814, -0.18006326323142122, 0, 0])
            ),
            new(
                new Op.Ordered(Sequence.Sinc, 1),
                [Tensor.Of([0, 0.5, -1.25, 7.75])],
                Tensor.Of([0, -1.2732395447351628, 0.42163481436410105, 0.09498699909652479])
            ),
            new(
                new Op.Ordered(Sequence.Sinc, 2),
                [Tensor.Of([0, 0.25, -1.25])],
                Tensor.Of([-3.289868133696453, -2.703060757258859, 2.4517688782459084])
            ),
            new(new Op.Ordered(Sequence.Sinc, 3), [Tensor.Of([0, 0.25, -0.75])], Tensor.Of([0, 4.52127228855079, -6.828044084839193])),
            new(
                new Op.Ordered(Sequence.BesselI0e, 0),
                [Tensor.Of([0, 0.5, -1.25, 30])],
                Tensor.Of([1, 0.6450352704491501, 0.4098361493857494, 0.0731459464822373])
            ),
            new(
                new Op.Ordered(Sequence.BesselI0e, 1),
                [Tensor.Of([0, 0.5, -1.25, 30])],
                Tensor.Of([1, 0.4886144672642784, 0.1934444000517574, 0.0012296158835897392])
            ),
            new(
                new Op.Ordered(Sequence.BesselI0e, 2),
                [Tensor.Of([0, 0.5, -1.25, 30])],
                Tensor.Of([1.5, 0.6643873281588133, 0.21377540063632117, 6.202074722455996e-05])
            ),
            new(
                new Op.Ordered(Sequence.BesselI0e, 4),
                [Tensor.Of([0, 0.5, 40])],
                Tensor.Of([4.375, 1.7932240413495455, 1.6649939940399218e-07])
            ),
        ];
}
