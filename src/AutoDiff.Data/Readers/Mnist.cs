using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>MNIST and the sets that come in files of the same names: Fashion-MNIST, Kuzushiji-MNIST, EMNIST.</summary>
/// <remarks>
/// Sources: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition, 1998; H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST, arXiv:1708.07747.
/// </remarks>
public static class Mnist
{
    /// <summary>The images of a set with their classes.</summary>
    /// <param name="folder">Where the files are, plain or gzip: <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, or with a point before <c>idx</c>, or with <c>.gz</c> behind.</param>
    /// <param name="set">What the files' names begin with: <c>train</c> or <c>t10k</c>; in EMNIST such as <c>emnist-letters-train</c>.</param>
    /// <param name="divisor">What each pixel, 0 to 255, is divided by: 255 gives [0, 1], as torchvision does; 1 keeps the bytes.</param>
    /// <param name="shape">The shape that one image is given, as [784] or [1, 28, 28]; as in the file, [28, 28], where it is null.</param>
    /// <returns>Images [rows, 28, 28], or [rows, …] of <paramref name="shape"/>, and class numbers [rows].</returns>
    /// <exception cref="InvalidFileException">A file is damaged, cut off, or of another format, or they have different numbers of rows.</exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="IOException">The system fails to read one.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="ArgumentException">An argument is null or empty, the divisor is 0 or not finite, or an image has not the size of <paramref name="shape"/>.</exception>
    public static Dataset Read(string folder, string set = "train", double divisor = 255, Shape? shape = null)
    {
        const string operation = "Mnist.Read";
        Require.NotNull(folder, operation);
        Require.NotNull(set, operation);
        Require.That(folder.Length > 0 && set.Length > 0, $"[{operation}] got an empty name of a folder or a set; expected names");
        return Idx.ReadDataset(
            Found(folder, $"{set}-images", "idx3-ubyte", operation),
            Found(folder, $"{set}-labels", "idx1-ubyte", operation),
            divisor,
            shape,
            operation
        );
    }

    private static string Found(string folder, string name, string type, string operation)
    {
        string[] names = [$"{name}-{type}", $"{name}-{type}.gz", $"{name}.{type}", $"{name}.{type}.gz"];
        return Array.Find(Array.ConvertAll(names, file => Path.Combine(folder, file)), File.Exists)
            ?? throw new FileNotFoundException(
                $"[{operation}] none of {string.Join(", ", names)} is in {folder}; expected one of them",
                Path.Combine(folder, names[0])
            );
    }
}
