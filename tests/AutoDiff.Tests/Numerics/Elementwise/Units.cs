namespace AutoDiff.Tests.Numerics;

/// <summary>Distances in units in the last place.</summary>
internal static class Units
{
    public static double Distance(double expected, double actual) =>
        double.IsNaN(expected) || double.IsNaN(actual)
            ? double.IsNaN(expected) == double.IsNaN(actual)
                ? 0
                : double.MaxValue
            : (double)Int128.Abs((Int128)Ordered(expected) - Ordered(actual));

    public static double Distance(float expected, float actual) =>
        float.IsNaN(expected) || float.IsNaN(actual)
            ? float.IsNaN(expected) == float.IsNaN(actual)
                ? 0
                : double.MaxValue
            : Math.Abs((double)((long)Ordered(expected) - Ordered(actual)));

    private static long Ordered(double x) => BitConverter.DoubleToInt64Bits(x) is var bits && bits < 0 ? long.MinValue - bits : bits;

    private static int Ordered(float x) => BitConverter.SingleToInt32Bits(x) is var bits && bits < 0 ? int.MinValue - bits : bits;
}
