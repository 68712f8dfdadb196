namespace AutoDiff;

/// <summary>Positions given as floating-point numbers.</summary>
internal static class Indices
{
    /// <summary>The position that <paramref name="index"/> stands for.</summary>
    /// <exception cref="ArgumentException">It is no whole number in 0 … <paramref name="length"/> − 1.</exception>
    public static int Checked(double index, int length, string operation)
    {
        var position = (int)index;
        if (position != index || (uint)position >= (uint)length)
            Require.That(
                false,
                $"[{operation}] index {index} is out of range; expected {(length == 0 ? "no index, as there is nothing to pick" : $"a whole number in 0 … {length - 1}")}"
            );
        return position;
    }
}
