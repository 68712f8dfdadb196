using AutoDiff.Data;
using AutoDiff.Files;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>Grey-scale images of clothes in ten classes, halved to 14×14 by means of 2×2 and scaled to [0, 1].</summary>
/// <param name="Images">The pixels [rows, 196].</param>
/// <param name="Labels">The class of each image.</param>
internal sealed record FashionMnist(double[] Images, byte[] Labels)
{
    public const int Pixels = Side * Side / 4;
    public const int Classes = 10;

    private const int Side = 28;

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The first of the four files that a folder lacks; null where it has all.</summary>
    public static string? Missing(string folder) =>
        new[] { "train", "t10k" }
            .SelectMany(set => new[] { ImagesOf(folder, set), LabelsOf(folder, set) })
            .FirstOrDefault(file => !File.Exists(file));

    /// <summary>The set whose files' names begin so: <c>train</c> or <c>t10k</c>.</summary>
    /// <exception cref="InvalidFileException">A file is of another format, or cut off.</exception>
    public static FashionMnist Read(string folder, string set)
    {
        var bytes = Mnist.Read(folder, set, divisor: 1);
        return new(Halved(((Constant)bytes.Inputs).Values), Array.ConvertAll(bytes.Targets.ToArray(), label => (byte)label));
    }

    /// <summary>All pixels of the first images [rows, 784] in [0, 1], and their classes as one-hot rows [rows, 10], in batches.</summary>
    /// <exception cref="InvalidFileException">A file is of another format, or cut off.</exception>
    public static Batch[] Whole(string folder, string set, int examples, int size)
    {
        const int pixels = Side * Side;
        var all = Mnist.Read(folder, set);
        examples = Math.Min(examples, all.Count);
        return [.. Enumerable.Range(0, (examples + size - 1) / size).Select(i => Rows(i * size, Math.Min(size, examples - (i * size))))];

        Batch Rows(int start, int count) =>
            new(
                Tensor.Of(((Constant)all.Inputs).Values.Slice(start * pixels, count * pixels), count, pixels),
                OneHot(Tensor.Of(((Constant)all.Targets).Values.Slice(start, count)), Classes)
            );
    }

    /// <summary>The pixels of chosen images [rows, 196], and their classes as one-hot rows [rows, 10].</summary>
    public Batch Rows(ReadOnlySpan<int> chosen)
    {
        var (pixels, targets) = (new double[chosen.Length * Pixels], new double[chosen.Length * Classes]);
        for (var i = 0; i < chosen.Length; i++)
        {
            Images.AsSpan(chosen[i] * Pixels, Pixels).CopyTo(pixels.AsSpan(i * Pixels));
            targets[(i * Classes) + Labels[chosen[i]]] = 1;
        }
        return new(Tensor.Of(pixels, chosen.Length, Pixels), Tensor.Of(targets, chosen.Length, Classes));
    }

    private static string ImagesOf(string folder, string set) => Path.Combine(folder, $"{set}-images-idx3-ubyte.gz");

    private static string LabelsOf(string folder, string set) => Path.Combine(folder, $"{set}-labels-idx1-ubyte.gz");

    private static double[] Halved(ReadOnlySpan<double> images)
    {
        var half = new double[images.Length / 4];
        for (var i = 0; i < half.Length; i++)
        {
            // Rows of all images lie below each other, and each has an even number of them.
            var (row, column) = Math.DivRem(i, Side / 2);
            var corner = (2 * row * Side) + (2 * column);
            half[i] = (images[corner] + images[corner + 1] + images[corner + Side] + images[corner + Side + 1]) / (4 * 255.0);
        }
        return half;
    }
}
