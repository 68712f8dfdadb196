using static AutoDiff.Ops;

namespace AutoDiff.Laws;

/// <summary>A function, a point and directions: what laws of derivatives are about.</summary>
/// <param name="Name">The function's name, shown by printed cases.</param>
/// <param name="Function">A function of a tensor to a tensor.</param>
/// <param name="Point">Where.</param>
/// <param name="Seed">Decides the directions; 0 makes them all ones.</param>
public sealed record Trial(string Name, Func<Tensor, Tensor> Function, Tensor Point, int Seed)
{
    /// <summary>Tangent <paramref name="index"/>, of the point's shape: elements in [−1, 1], none 0.</summary>
    public Tensor Tangent(int index) => Directions.Of(Seed, index, Point.Shape);

    /// <summary>Cotangent <paramref name="index"/>, of the result's shape.</summary>
    public Tensor Cotangent(int index) => Directions.Of(Seed, -1 - index, Function(Point).Shape);

    /// <summary>⟨w, y⟩ + ½⟨y, y⟩ of y = f(x), w a cotangent: a scalar function that has a curvature also where f is linear.</summary>
    public Tensor Scalar(Tensor x)
    {
        var y = Function(x);
        return Sum(Cotangent(0) * y) + (0.5 * Sum(Square(y)));
    }

    /// <summary>The points x + k⁄32 · tangent k, k in 0 … <paramref name="count"/> − 1: examples of a batch.</summary>
    public Tensor[] Examples(int count) =>
        [.. Enumerable.Range(0, count).Select(k => Transforms.Evaluate(Point + (k / 32.0 * Tangent(k))))];

    /// <summary>What rounding leaves of a derivative whose terms all cancel: <paramref name="rounding"/> times the largest number on the way to the gradient.</summary>
    internal double Residue(double rounding = 1e-13)
    {
        var nodes = Graph.Of([], [Transforms.Grad<Tensor>(Scalar, Point)]).Nodes.ToArray();
        var values = Concatenate([.. nodes.Select(node => ReshapeTo(node, [node.Shape.Size]))]).ToArray();
        return rounding * values.Where(double.IsFinite).Select(Math.Abs).Append(0).Max();
    }

    /// <summary>Name, point and seed.</summary>
    public override string ToString() => $"{Name} at {Point} of shape {Point.Shape}, directions {Seed}";
}
