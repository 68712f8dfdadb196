using AutoDiff.Curvature;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>The two wells of Kneusel, Math for Deep Learning, chapter 11: the deeper near (−1, 1), the other near (1, −1).</summary>
internal static class Wells
{
    public static Tensor Loss(Tensor p) =>
        (-2 * Exp(-0.5 * (Square(p[0] + 1) + Square(p[1] - 1)))) - Exp(-0.5 * (Square(p[0] - 1) + Square(p[1] + 1)));

    /// <summary>Both minima, the deeper first.</summary>
    public static double[][] Minima() => [Minimum([-1, 1]), Minimum([1, -1])];

    /// <summary>Lines of equal values with walks over them.</summary>
    public static Panel Panel(string title, params (string Name, double[][] Path)[] walks) =>
        Plane.Panel(title, Loss, (-2, 2), (-2, 2), [-1.8, -1.6, -1.4, -1.2, -1, -0.8, -0.6, -0.4, -0.2, -0.1], Minima(), walks);

    private static double[] Minimum(double[] near) => Newton.Minimize(Loss, Tensor.Of(near)).Point.ToArray();
}
