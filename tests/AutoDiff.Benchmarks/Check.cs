using System.Globalization;

namespace AutoDiff.Benchmarks;

/// <summary>A figure that was about to be timed is wrong.</summary>
internal sealed class WrongResultException(string message) : Exception(message);

/// <summary>Checks of what is timed, each once, before it is.</summary>
internal static class Check
{
    /// <summary>Two vectors, the difference of which is no larger than a share of the first one's norm.</summary>
    /// <exception cref="WrongResultException">The difference is larger.</exception>
    public static void Close(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
            throw new WrongResultException($"{what}: {actual.Length} elements; expected {expected.Length}");
        var (difference, norm) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            norm += expected[i] * expected[i];
        }
        // Written so that NaN fails.
        if (!(Math.Sqrt(difference) <= tolerance * Math.Sqrt(norm)))
            throw new WrongResultException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: the difference's norm is {Math.Sqrt(difference):G3} at a norm of {Math.Sqrt(norm):G3}; expected a share of {tolerance:G3}"
                )
            );
    }

    /// <summary>A derivative along a direction against the central difference of what it is the derivative of.</summary>
    /// <param name="what">The name in a message.</param>
    /// <param name="function">The values at the point its first inputs hold; restored afterwards.</param>
    /// <param name="direction">The direction, an array for each of the first inputs.</param>
    /// <param name="derivative">The derivative along it.</param>
    /// <exception cref="WrongResultException">They differ by more than the difference's error.</exception>
    public static void Derivative(string what, Call function, double[][] direction, double[] derivative)
    {
        const double Step = 1e-5; // between rounding, ε/h, and truncation, h²
        double[][] point = [.. function.Inputs[..direction.Length].Select(values => (double[])values.Clone())];
        var (above, below) = (At(Step), At(-Step));
        At(0);
        Close($"{what} against a central difference", [.. above.Zip(below, (a, b) => (a - b) / (2 * Step))], derivative, 1e-5);

        double[] At(double step)
        {
            for (var leaf = 0; leaf < point.Length; leaf++)
            {
                for (var i = 0; i < point[leaf].Length; i++)
                    function.Inputs[leaf][i] = point[leaf][i] + (step * direction[leaf][i]);
            }
            return function.Values();
        }
    }
}
