using System.Buffers.Binary;
using System.IO.Compression;
using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>Arrays in IDX files, the format of MNIST and its family: a short header and the numbers, row by row, the highest byte of each first.</summary>
/// <remarks>
/// <para>
/// All six types of numbers and every number of axes are read, plain or gzip, which is told by the first two bytes and not by the name. A plain file takes memory for what its own size holds;
/// a gzip file is unpacked twice, a first time keeping nothing, so that it takes none before all of it was seen to be whole and to have its checksum. One that claims more than
/// 64 MiB and more than a hundred times its own size is refused: unpack it first.
/// </para>
/// <para>The format has no checksum of its own: a changed element of a plain file is never noticed, a changed header mostly. Places in a gzip file count unpacked bytes.</para>
/// <para>The format: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits.</para>
/// </remarks>
public static class Idx
{
    /// <summary>The array of a file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="divisor">What every number is divided by: 255 takes bytes to [0, 1].</param>
    /// <returns>The numbers, in the shape that the file states.</returns>
    /// <exception cref="InvalidFileException">The file is damaged, cut off, or none of this format.</exception>
    /// <exception cref="IOException">It is not there, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">The path is null or none, or the divisor is 0 or not finite.</exception>
    public static Tensor Read(string path, double divisor = 1) => Read(path, divisor, null, "Idx.Read");

    /// <summary>The array that a stream holds from its position to its end.</summary>
    /// <param name="stream">The bytes, plain or gzip; it must be able to seek, and stays open.</param>
    /// <param name="divisor">What every number is divided by.</param>
    /// <exception cref="InvalidFileException">The bytes are damaged, cut off, or none of this format.</exception>
    /// <exception cref="IOException">The system fails to read it.</exception>
    /// <exception cref="ArgumentException">The stream is null or cannot seek, or the divisor is 0 or not finite.</exception>
    public static Tensor Read(Stream stream, double divisor = 1)
    {
        const string operation = "Idx.Read";
        Require.NotNull(stream, operation);
        Require.That(
            stream is { CanRead: true, CanSeek: true },
            $"[{operation}] got a stream that cannot be read or cannot seek; expected one that does both"
        );
        RequireDivisor(divisor, operation);
        return Read(stream, "the stream", divisor, null, operation);
    }

    /// <summary>The examples of two files.</summary>
    /// <param name="images">The inputs' file [rows, …].</param>
    /// <param name="labels">The targets' file [rows]: class numbers.</param>
    /// <param name="divisor">What every number of the inputs is divided by: 255 takes bytes to [0, 1].</param>
    /// <param name="shape">The shape that one example is given, as [784] or [1, 28, 28]; as in the file where it is null.</param>
    /// <exception cref="InvalidFileException">A file is damaged, cut off, or none of this format, or they have different numbers of rows.</exception>
    /// <exception cref="IOException">A file is not there, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">A path is null or none, the divisor is 0 or not finite, or an example has not the size of <paramref name="shape"/>.</exception>
    public static Dataset ReadDataset(string images, string labels, double divisor = 1, Shape? shape = null) =>
        ReadDataset(images, labels, divisor, shape, "Idx.ReadDataset");

    /// <summary>Writes an array so that the path holds the whole new file or what it held before.</summary>
    /// <param name="path">Where. As <see cref="TreeFile"/> writes: by renaming a temporary file in the same folder.</param>
    /// <param name="tensor">What, of at most 255 axes and at least one element.</param>
    /// <param name="type">How each number is stored; to <see cref="IdxType.Single"/> it is rounded.</param>
    /// <param name="compressed">Whether the file is a gzip file.</param>
    /// <exception cref="ArgumentException">
    /// An argument is null or the path none, the type is none, the values are not known, there are none or too many axes, or the type does not hold an element.
    /// </exception>
    /// <exception cref="IOException">The folder is not there, the path is a folder's, or the system fails to write.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Tensor tensor, IdxType type = IdxType.Byte, bool compressed = false)
    {
        const string operation = "Idx.Write";
        Require.NotNull(tensor, operation);
        var element = IdxElement.Of(type);
        Require.That(element is not null, $"[{operation}] got type {type}; expected a member of {nameof(IdxType)}");
        Require.That(
            tensor.Shape is { Rank: <= byte.MaxValue, Size: > 0 },
            $"[{operation}] got a tensor {tensor.Shape}; expected at most {byte.MaxValue} axes and at least one element"
        );
        var known = (Constant)Transforms.Evaluate(tensor);
        AtomicFile.Write(
            path,
            operation,
            stream =>
            {
                using var packed = compressed ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
                Write(packed ?? stream, known, element, operation);
            }
        );
    }

    internal static Dataset ReadDataset(string images, string labels, double divisor, Shape? shape, string operation)
    {
        // The small file first.
        var targets = Read(labels, 1, null, operation);
        var inputs = Read(images, divisor, shape, operation);
        if (targets.Shape.Rank != 1 || inputs.Shape.Rank == 0 || inputs.Shape[0] != targets.Shape[0])
            throw new InvalidFileException(
                $"[{operation}] {labels} holds targets {targets.Shape} and {images} inputs {inputs.Shape}; expected targets [rows] for inputs [rows, …]",
                labels,
                null
            );
        return new(inputs, targets);
    }

    private static Tensor Read(string path, double divisor, Shape? shape, string operation)
    {
        RequireDivisor(divisor, operation);
        return InputFile.Read(path, operation, stream => Read(stream, path, divisor, shape, operation));
    }

    private static Tensor Read(Stream stream, string path, double divisor, Shape? shape, string operation)
    {
        var (values, lengths) = new IdxReader(stream, operation, path).Read(divisor);
        if (shape is not null)
        {
            var rows = lengths.Length == 0 ? 0 : lengths[0];
            Require.That(
                (long)rows * shape.Size == values.Length,
                $"[{operation}] got shape {shape} for one example of {path}, which is [{string.Join(", ", lengths)}]; expected as many elements"
            );
            lengths = [rows, .. shape];
        }
        return Tensor.Of(values, Shape.Of(lengths));
    }

    private static void Write(Stream stream, Constant tensor, IdxElement element, string operation)
    {
        const int piece = 1 << 13;
        var header = new byte[4 + (4 * tensor.Shape.Rank)];
        (header[2], header[3]) = ((byte)element.Type, (byte)tensor.Shape.Rank);
        for (var axis = 0; axis < tensor.Shape.Rank; axis++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * axis)), tensor.Shape[axis]);
        stream.Write(header);
        var values = tensor.Values;
        var buffer = new byte[Math.Min(piece, values.Length) * element.Size];
        for (var at = 0; at < values.Length; at += piece)
        {
            var taken = values.Slice(at, Math.Min(piece, values.Length - at));
            var bytes = buffer.AsSpan(0, taken.Length * element.Size);
            var misfit = element.Encode(taken, bytes);
            Require.That(
                misfit < 0,
                $"[{operation}] element {at + misfit} is {taken[Math.Max(0, misfit)]}; expected what {nameof(IdxType)}.{element.Type} holds"
            );
            element.Swap(bytes);
            stream.Write(bytes);
        }
    }

    private static void RequireDivisor(double divisor, string operation) =>
        Require.That(
            divisor != 0 && double.IsFinite(divisor),
            $"[{operation}] got divisor {divisor}; expected a finite number other than 0"
        );
}
