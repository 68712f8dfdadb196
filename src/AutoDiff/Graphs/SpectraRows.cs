using static AutoDiff.Arguments;
using Plain = AutoDiff.PlainSpectra;
using Rules = AutoDiff.SpectraRules;

namespace AutoDiff;

/// <summary>The rows of <see cref="MatrixFunctions"/> that are decompositions, and what is made of them.</summary>
internal static class SpectraRows
{
    public static MatrixRow Qr { get; } =
        new(
            Facts(1),
            "[batch…,m,n] with m ≥ n",
            x => x[0].Rows >= x[0].Columns ? Packed((long)x[0].Rows + x[0].Columns, x[0].Columns) : null,
            x => Plain.Qr(x[0]),
            SpectralKernels.Qr,
            Rules.QrTangent,
            Rules.QrCotangent
        );

    public static MatrixRow Eigen { get; } =
        new(
            Facts(1),
            "[batch…,n,n]",
            x => x[0].IsSquare ? Packed(1L + x[0].Rows, x[0].Rows) : null,
            x => Plain.Eigen(x[0]),
            SpectralKernels.Eigen,
            Rules.EigenTangent,
            Rules.EigenCotangent
        );

    public static MatrixRow Svd { get; } =
        new(
            Facts(1),
            "[batch…,m,n]",
            x => Packed(1L + x[0].Rows + x[0].Columns, Math.Min(x[0].Rows, x[0].Columns)),
            x => Plain.Svd(x[0]),
            SpectralKernels.Svd,
            Rules.SvdTangent,
            Rules.SvdCotangent
        );

    public static MatrixRow PseudoInverse { get; } =
        new(
            Facts(1),
            "[batch…,m,n]",
            x => [x[0].Columns, x[0].Rows],
            x => Plain.PseudoInverse(x[0]),
            SpectralKernels.PseudoInverse,
            Rules.PseudoInverseTangent,
            Rules.PseudoInverseCotangent
        );

    public static MatrixRow Exponential { get; } =
        new(
            Facts(1),
            "[batch…,n,n]",
            x => x[0].IsSquare ? [x[0].Rows, x[0].Rows] : null,
            x => Plain.Exponential(x[0]),
            SpectralKernels.Exponential,
            Rules.ExponentialTangent,
            Rules.ExponentialCotangent
        );

    public static MatrixRow ReciprocalGaps { get; } =
        new(
            Facts(2),
            "[batch…,m,1], [batch…,n,1]",
            x => x[0].Columns == 1 && x[1].Columns == 1 ? [x[0].Rows, x[1].Rows] : null,
            x => Plain.ReciprocalGaps(x[0], x[1]),
            SpectralKernels.ReciprocalGaps,
            Rules.GapsTangent,
            Rules.GapsCotangent
        );

    /// <summary>The length of several results of so many rows in all one after another; null where they do not fit.</summary>
    private static int[]? Packed(long rows, int columns) => rows * columns <= int.MaxValue ? [(int)(rows * columns)] : null;

    private static OpFacts Facts(int arguments) => new(OpKind.Matrix, arguments, arguments, All, Arrangement.Computed);
}
