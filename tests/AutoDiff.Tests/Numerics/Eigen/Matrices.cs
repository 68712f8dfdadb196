using System.Globalization;
using System.Text.Json;

namespace AutoDiff.Tests.Numerics;

/// <summary>Symmetric matrices, row-major, and plain sums to check results by.</summary>
internal static class Matrices
{
    public const double Epsilon = 2.220446049250313e-16;

    public static double[] From(int n, Func<int, int, double> element)
    {
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
                a[(i * n) + j] = a[(j * n) + i] = element(i, j);
        }
        return a;
    }

    public static double[] Random(int n, int seed)
    {
        var random = new Random(seed);
        return From(n, (_, _) => (2 * random.NextDouble()) - 1);
    }

    public static double[] Diagonal(params double[] values) => From(values.Length, (i, j) => i == j ? values[i] : 0);

    public static double[] Wilkinson(int n) =>
        From(
            n,
            (i, j) =>
                i == j ? Math.Abs(i - (n / 2))
                : i == j + 1 ? 1
                : 0
        );

    /// <summary>A matrix with the given eigenvalues up to rounding: a diagonal one turned by three random reflections.</summary>
    public static double[] WithEigenvalues(double[] values, int seed)
    {
        var n = values.Length;
        var random = new Random(seed);
        var a = Diagonal(values);
        for (var reflection = 0; reflection < 3; reflection++)
        {
            var v = Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray();
            var scale = 2 / v.Sum(x => x * x);
            var av = Times(a, v);
            var middle = scale * scale * v.Zip(av, (x, y) => x * y).Sum();
            var before = a;
            a = From(n, (i, j) => before[(i * n) + j] - (scale * ((v[i] * av[j]) + (av[i] * v[j]))) + (middle * v[i] * v[j]));
        }
        return a;
    }

    public static double[] Times(double[] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Dot(a.AsSpan(i * x.Length, x.Length), x))];

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        // Four sums, which a processor adds at once.
        double s0 = 0,
            s1 = 0,
            s2 = 0,
            s3 = 0;
        y = y[..x.Length];
        var i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.Length; i++)
            s0 += x[i] * y[i];
        return s0 + s1 + s2 + s3;
    }

    public static double Frobenius(double[] a)
    {
        var largest = a.Append(0).Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(a.Sum(x => x / largest * (x / largest)));
    }

    public static double Trace(double[] a, int n) => Enumerable.Range(0, n).Sum(i => a[i * (n + 1)]);

    public static EigenDecomposition Eigen(double[] a, int n, bool vectors = true, int threads = 1) =>
        SymmetricEigen.Decompose(a, n, vectors, threads);

    public static EigenDecomposition Pairs(double[] a, int n, params int[] indices) => SymmetricEigen.Pairs(a, n, indices);

    public static Inertia Signs(double[] a, int n, double shift = 0) => Inertia.Of(a, n, shift);

    public static InertiaBand Band(double[] a, int n, double threshold) => Inertia.Certify(a, n, threshold);

    /// <summary>An entry of Reference/eigen.json: the matrix, its size and its eigenvalues.</summary>
    public static (double[] Matrix, int Size, double[] Eigenvalues) Reference(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Reference", "eigen.json")))
            folder = folder.Parent ?? throw new FileNotFoundException("Reference/eigen.json");
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "Reference", "eigen.json")));
        var entry = file.RootElement.GetProperty(name);
        var rows = entry
            .GetProperty("matrix")
            .EnumerateArray()
            .Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())
            .ToArray();
        var values = entry
            .GetProperty("eigenvalues")
            .EnumerateArray()
            .Select(x => double.Parse(x.GetString()!, CultureInfo.InvariantCulture));
        return ([.. rows.SelectMany(row => row)], rows.Length, [.. values]);
    }
}
