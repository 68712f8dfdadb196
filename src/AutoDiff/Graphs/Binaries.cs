using static AutoDiff.BinaryKind;
using static AutoDiff.Ops;
using static AutoDiff.Slopes;

namespace AutoDiff;

/// <summary>The elementwise functions of two arguments: a row each, with value, slopes and kernel. The compiler names a member without one.</summary>
internal static class Binaries
{
    private static readonly BinaryRow[] Rows = Array.ConvertAll(Enum.GetValues<Binary>(), Row);

    /// <summary>The row of a function.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static BinaryRow Of(Binary function)
    {
        Require.That((uint)function < (uint)Rows.Length, $"[{function}] got a Binary of no name; expected a member");
        return Rows[(int)function];
    }

    private static BinaryRow Row(Binary function) =>
        function switch
        {
            Binary.Add => new(BinaryKind.Sum, (x, y) => x + y, (x, y, z) => One, (x, y, z) => One, Zips.Add) { Commutes = true },
            Binary.Subtract => new(BinaryKind.Sum, (x, y) => x - y, (x, y, z) => One, (x, y, z) => MinusOne, Zips.Subtract),
            Binary.Multiply => new(BinaryKind.Product, (x, y) => x * y, (x, y, z) => y, (x, y, z) => x, Zips.Multiply) { Commutes = true },
            Binary.Divide => new(Quotient, (x, y) => x / y, (x, y, z) => Reciprocal(y), (x, y, z) => -z / y, Zips.Divide),
            Binary.Power => new(Function, Math.Pow, (x, y, z) => OfPowerInBase(x, y), OfPowerInExponent, Zips.Power),
            Binary.Atan2 => new(Function, Math.Atan2, (x, y, z) => OfAngle(x, y).X, (x, y, z) => OfAngle(x, y).Y, ZipKernel.Of(Math.Atan2)),
            Binary.Maximum => new(Choice, Math.Max, (x, y, z) => Above(x, y), (x, y, z) => Below(x, y), Zips.Maximum),
            Binary.Minimum => new(Choice, Math.Min, (x, y, z) => Below(x, y), (x, y, z) => Above(x, y), Zips.Minimum),
            Binary.Equal => new(Choice, (x, y) => x == y ? 1 : 0, null, null, Zips.Equal),
            Binary.NotEqual => new(Choice, (x, y) => x != y ? 1 : 0, null, null, Zips.NotEqual),
            Binary.Less => new(Choice, (x, y) => x < y ? 1 : 0, null, null, Zips.Less),
            Binary.LessOrEqual => new(Choice, (x, y) => x <= y ? 1 : 0, null, null, Zips.LessOrEqual),
            Binary.Greater => new(Choice, (x, y) => x > y ? 1 : 0, null, null, Zips.Greater),
            Binary.GreaterOrEqual => new(Choice, (x, y) => x >= y ? 1 : 0, null, null, Zips.GreaterOrEqual),
            Binary.Hypot => new(Function, double.Hypot, (x, y, z) => OfLength(x, y).X, (x, y, z) => OfLength(x, y).Y, Zips.Hypot)
            {
                Commutes = true,
            },
            Binary.Modulo => new(
                Function,
                SpecialFunctions.Modulo,
                (x, y, z) => One,
                (x, y, z) => Round((z - x) / y), // the quotient itself may round up to a whole number
                ZipKernel.Of(SpecialFunctions.Modulo)
            ),
            Binary.Remainder => new(
                Function,
                (x, y) => x % y,
                (x, y, z) => One,
                (x, y, z) => Round((z - x) / y),
                ZipKernel.Of((x, y) => x % y)
            ),
        };
}
