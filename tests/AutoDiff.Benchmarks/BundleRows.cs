using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>A camera's view of a point, of which the residual's derivatives are wanted: 15 numbers, one of them the weight.</summary>
/// <param name="Camera">[11]: rotation 3, as axis times angle, centre 3, focal length, principal point 2, radial distortion 2.</param>
/// <param name="Point">[3].</param>
/// <param name="Weight">A scalar.</param>
[TensorTree]
internal sealed partial record Sighting(Tensor Camera, Tensor Point, Tensor Weight);

/// <summary>The residuals of bundle adjustment, and the Jacobians of all of them: many functions of 15 inputs and 2 outputs.</summary>
internal static class BundleRows
{
    public const string Name = "bundle";

    private const int Observations = 31_843;

    public static IEnumerable<Row> Of(int threads)
    {
        const string Jacobians = "Jacobians of residuals";
        var options = new CompileOptions { Threads = threads };
        var keys = Key.Of(7).Split(4);
        var at = Transforms.Evaluate(
            new Pair<Sighting, Tensor>(
                new(
                    keys[0].Normal([Observations, 11]) * 0.3,
                    keys[1].Normal([Observations, 3]) + Tensor.Of([0, 0, 5]),
                    keys[2].Uniform([Observations])
                ),
                keys[3].Normal([Observations, 2])
            )
        );
        var residuals = Call.Of(
            (Pair<Sighting, Tensor> x) => Transforms.Vmap((Pair<Sighting, Tensor> one) => Residual(one.First, one.Second))(x),
            at,
            options
        );
        var jacobians = Call.Of(
            (Pair<Sighting, Tensor> x) =>
                Transforms.Vmap((Pair<Sighting, Tensor> one) => Transforms.Jacobian(seen => Residual(seen, one.Second), one.First))(x),
            at,
            options
        );
        return
        [
            new("residuals", residuals.Run, () => residuals.Verify("residuals")),
            new(Jacobians, jacobians.Run, () => Check.Derivative(Jacobians, residuals, Ones(residuals), RowSums(jacobians.Values()))),
        ];

        static double[][] Ones(Call call) => [.. call.Inputs[..3].Select(leaf => Array.ConvertAll(leaf, _ => 1.0))];

        static double[] RowSums(double[] rows) => [.. rows.Chunk(15).Select(row => row.Sum())];
    }

    /// <summary>weight·(seen − image of the point): Rodrigues's rotation, projection, radial distortion; [2].</summary>
    private static Tensor Residual(Sighting of, Tensor seen)
    {
        var (camera, point) = (of.Camera, of.Point);
        var (a, b, c) = (camera[0], camera[1], camera[2]);
        var (x, y, z) = (point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        var angle = Sqrt((a * a) + (b * b) + (c * c));
        var (cosine, sine) = (Cos(angle), Sin(angle));
        (a, b, c) = (a / angle, b / angle, c / angle);
        var along = ((a * x) + (b * y) + (c * z)) * (1 - cosine);
        var depth = (z * cosine) + (((a * y) - (b * x)) * sine) + (c * along);
        var right = ((x * cosine) + (((b * z) - (c * y)) * sine) + (a * along)) / depth;
        var up = ((y * cosine) + (((c * x) - (a * z)) * sine) + (b * along)) / depth;
        var radius = (right * right) + (up * up);
        var scale = (1 + ((camera[9] + (camera[10] * radius)) * radius)) * camera[6];
        return of.Weight * (Stack([(right * scale) + camera[7], (up * scale) + camera[8]]) - seen);
    }
}
