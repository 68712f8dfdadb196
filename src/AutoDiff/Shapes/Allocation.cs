using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>Arrays whose lengths follow from a user's numbers: where one cannot be had, the error says what asked for it and how large it is.</summary>
internal static class Allocation
{
    private const double GiB = 1L << 30;

    // Asking how much memory there is takes longer than making a small array.
    private const long Large = 1L << 28;

    /// <summary>What an error says it expected of a number of elements.</summary>
    public static string Most => $"no more than {Array.MaxLength}";

    /// <summary>An array of zeros.</summary>
    /// <exception cref="ArgumentException">No array is that long, or there is not so much memory.</exception>
    public static T[] Of<T>(string operation, long count)
        where T : struct =>
        Of<T>(operation, count, count < Large / Unsafe.SizeOf<T>() ? long.MaxValue : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The same where <paramref name="available"/> bytes may be used.</summary>
    public static T[] Of<T>(string operation, long count, long available)
        where T : struct
    {
        Require.That(count <= Array.MaxLength, $"[{operation}] got an array of {Size<T>(count)}; expected {Most}");
        Require.That(
            count * Unsafe.SizeOf<T>() <= available,
            $"[{operation}] got an array of {Size<T>(count)}; expected no more than the {Math.Round(available / GiB, 2)} GiB of memory there are"
        );
        try
        {
            return new T[count];
        }
        catch (OutOfMemoryException cause)
        {
            throw new ArgumentException($"[{operation}] got an array of {Size<T>(count)}; expected what memory is left to hold", cause);
        }
    }

    /// <summary>A number of elements, with the memory they take.</summary>
    public static string Size<T>(double count) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} elements ({count * Unsafe.SizeOf<T>() / GiB:0.##} GiB)");
}
