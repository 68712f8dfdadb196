using static AutoDiff.Ops;
using static AutoDiff.Tests.Problems.LeastSquares;

namespace AutoDiff.Tests.Problems;

/// <summary>The functions that are fits to data.</summary>
public static partial class MoreGarbowHillstrom
{
    private static readonly Tensor BardData = Of(Numbers(".14 .18 .22 .25 .29 .32 .35 .39 .37 .58 .73 .96 1.34 2.10 4.39"));

    private static readonly Tensor GaussianData = Of(
        Numbers(".0009 .0044 .0175 .0540 .1295 .2420 .3521 .3989 .3521 .2420 .1295 .0540 .0175 .0044 .0009")
    );

    private static readonly Tensor MeyerData = Of(
        Numbers("34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872")
    );

    private static readonly Tensor KowalikData = Of(Numbers(".1957 .1947 .1735 .1600 .0844 .0627 .0456 .0342 .0323 .0235 .0246"));

    private static readonly Tensor KowalikArguments = Of(Numbers("4 2 1 .5 .25 .167 .125 .1 .0833 .0714 .0625"));

    private static readonly Tensor Osborne1Data = Of(
        Numbers(
            """
            .844 .908 .932 .936 .925 .908 .881 .850 .818 .784 .751 .718 .685 .658 .628 .603 .580
            .558 .538 .522 .506 .490 .478 .467 .457 .448 .438 .431 .424 .420 .414 .411 .406
            """
        )
    );

    private static readonly Tensor Osborne2Data = Of(
        Numbers(
            """
            1.366 1.191 1.112 1.013 .991 .885 .831 .847 .786 .725 .746 .679 .608 .655 .616 .606 .602
            .626 .651 .724 .649 .649 .694 .644 .624 .661 .612 .558 .533 .495 .500 .423 .395 .375
            .372 .391 .396 .405 .428 .429 .523 .562 .607 .653 .672 .708 .633 .668 .645 .632 .591
            .559 .597 .625 .739 .710 .729 .720 .636 .581 .428 .292 .162 .098 .054
            """
        )
    );

    private static Tensor Bard(Tensor x)
    {
        var u = Steps(15, 1);
        var v = 16 - u;
        return BardData - At(x, 0) - (u / ((v * At(x, 1)) + (Minimum(u, v) * At(x, 2))));
    }

    private static Tensor Gaussian(Tensor x)
    {
        var t = (8 - Steps(15, 1)) / 2;
        return (At(x, 0) * Exp(-At(x, 1) * Square(t - At(x, 2)) / 2)) - GaussianData;
    }

    private static Tensor Meyer(Tensor x) => (At(x, 0) * Exp(At(x, 1) / (45 + Steps(16, 5) + At(x, 2)))) - MeyerData;

    private static Tensor Gulf(Tensor x)
    {
        var t = Steps(99, 0.01);
        var y = 25 + Power(-50 * Log(t), 2 / 3.0);
        return Exp(-Power(Abs(y - At(x, 1)), At(x, 2)) / At(x, 0)) - t;
    }

    private static Tensor KowalikOsborne(Tensor x)
    {
        var u = KowalikArguments;
        return KowalikData - (At(x, 0) * (Square(u) + (u * At(x, 1))) / (Square(u) + (u * At(x, 2)) + At(x, 3)));
    }

    private static Tensor Osborne1(Tensor x)
    {
        var t = Steps(33, 10) - 10;
        return Osborne1Data - At(x, 0) - (At(x, 1) * Exp(-t * At(x, 3))) - (At(x, 2) * Exp(-t * At(x, 4)));
    }

    private static Tensor Osborne2(Tensor x)
    {
        var t = Steps(65, 0.1) - 0.1;
        var model = At(x, 0) * Exp(-t * At(x, 4));
        for (var k = 1; k <= 3; k++)
            model += At(x, k) * Exp(-Square(t - At(x, k + 7)) * At(x, k + 4));
        return Osborne2Data - model;
    }
}
