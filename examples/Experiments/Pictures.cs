using System.Buffers.Binary;
using System.IO.Compression;
using AutoDiff.Data;

namespace AutoDiff.Examples.Experiments;

/// <summary>Pictures of digits as rows of pixels from 0 to 1, with their classes: MNIST where a folder is given, else the built-in ones of 8 by 8.</summary>
/// <param name="Train">Those to train on.</param>
/// <param name="Test">Those to be tested on.</param>
/// <param name="Pixels">Pixels of a picture.</param>
/// <param name="Name">What they are called.</param>
internal sealed record Pictures(Dataset Train, Dataset Test, int Pixels, string Name)
{
    public const int Classes = 10;

    /// <summary>So many of each, or as many as there are.</summary>
    public static Pictures Read(ExperimentRun run, int train, int test)
    {
        if (run.Data is null)
        {
            var table = Digits.Read(run.Cancellation);
            return new(Rows(table, 0, train), Rows(table, train, Math.Min(test, table.Rows - train)), table.Columns - 1, Digits.Name);
        }
        return new(Mnist(run.Data, "train", train), Mnist(run.Data, "t10k", test), 784, "MNIST");
    }

    private static Dataset Rows(CsvTable table, int first, int count)
    {
        var pixels = table.Columns - 1;
        var rows = Enumerable.Range(first, count).ToArray();
        return new(
            Tensor.Of([.. rows.SelectMany(row => Enumerable.Range(0, pixels).Select(column => table[row, column] / 16))], count, pixels),
            Tensor.Of([.. rows.Select(row => table[row, pixels])], count)
        );
    }

    private static Dataset Mnist(string folder, string part, int count)
    {
        var images = Idx(System.IO.Path.Combine(folder, "mnist", $"{part}-images-idx3-ubyte.gz"), 16, count * 784);
        var labels = Idx(System.IO.Path.Combine(folder, "mnist", $"{part}-labels-idx1-ubyte.gz"), 8, count);
        return new(
            Tensor.Of([.. images.Select(value => value / 255.0)], count, 784),
            Tensor.Of([.. labels.Select(value => (double)value)], count)
        );
    }

    private static byte[] Idx(string file, int header, int length)
    {
        try
        {
            using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            var bytes = new byte[header + length];
            stream.ReadExactly(bytes);
            var magic = BinaryPrimitives.ReadInt32BigEndian(bytes);
            return magic == (header == 16 ? 2051 : 2049)
                ? bytes[header..]
                : throw new RefusedException($"{file}: it begins with {magic}; expected an IDX file of bytes");
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{file}: {problem.Message}", problem);
        }
    }
}
