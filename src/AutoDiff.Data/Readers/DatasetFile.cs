using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>Data sets in npz and safetensors files: two of the tensors, by name.</summary>
/// <remarks>What is read and refused of the formats is what <see cref="Npz"/> and <see cref="Safetensors"/> say. <see cref="TreeFile.Save{T}"/> and <see cref="Npz.Save{T}"/> write a set under the names that are read where none are given.</remarks>
public static class DatasetFile
{
    private const string Operation = "DatasetFile.Read";

    /// <summary>The set in a file, whose format is told by its first bytes.</summary>
    /// <param name="path">An npz or safetensors file.</param>
    /// <param name="inputs">The name of the inputs [rows, …], as <c>x_train</c>.</param>
    /// <param name="targets">The name of the targets [rows] or [rows, …], as <c>y_train</c>.</param>
    /// <exception cref="InvalidFileException">The file is damaged, or of neither format, lacks one of the names, or the two have different numbers of rows.</exception>
    /// <exception cref="IOException">It is not there, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">An argument is null or the path none.</exception>
    public static Dataset Read(string path, string inputs = nameof(Dataset.Inputs), string targets = nameof(Dataset.Targets))
    {
        Require.NotNull(inputs, Operation);
        Require.NotNull(targets, Operation);
        var isArchive = InputFile.Read(path, Operation, BeginsAsArchive);
        var tensors = isArchive ? Npz.Read(path) : Safetensors.Read(path);
        return Of(Named(tensors, inputs, path), Named(tensors, targets, path), inputs, targets, path);
    }

    private static bool BeginsAsArchive(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK"u8);
    }

    private static Tensor Named(NamedTensors tensors, string name, string path) =>
        tensors.TryGet(name, out var tensor)
            ? tensor
            : throw new InvalidFileException(
                $"[{Operation}] {path}: there is no tensor \"{name}\"; expected it among {string.Join(", ", tensors.Take(10).Select(one => $"\"{one.Name}\""))}",
                path,
                null
            );

    private static Dataset Of(Tensor x, Tensor y, string inputs, string targets, string path) =>
        x.Shape.Rank > 0 && y.Shape.Rank > 0 && x.Shape[0] == y.Shape[0]
            ? new(x, y)
            : throw new InvalidFileException(
                $"[{Operation}] {path}: \"{inputs}\" is {x.Shape} and \"{targets}\" {y.Shape}; expected as many rows of both",
                path,
                null
            );
}
