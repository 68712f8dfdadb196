using AutoDiff.Data;
using AutoDiff.Files;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

public class MnistTests
{
    [Theory]
    [InlineData("fashion-mnist", 73.1466, 89.8733)]
    [InlineData("mnist", 33.7912, 79.1725)]
    public void Real_files_have_their_published_statistics(string name, double mean, double deviation)
    {
        var set = Mnist.Read(RealData.Folder(name), "t10k", divisor: 1);
        Assert.Equal([10_000, 28, 28], set.Inputs.Shape);
        Assert.Equal([10_000], set.Targets.Shape);
        var pixels = set.Inputs.ToArray();
        var centre = pixels.Average();
        Assert.Equal(mean, centre, 4);
        Assert.Equal(deviation, Math.Sqrt(pixels.Sum(pixel => (pixel - centre) * (pixel - centre)) / pixels.Length), 4);
        int[] counts = [.. set.Targets.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal(name is "mnist" ? [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009] : Enumerable.Repeat(1000, 10), counts);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", false)]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels.idx1-ubyte", true)]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz", true)]
    [InlineData("train-images.idx3-ubyte", "train-labels-idx1-ubyte.gz", true)]
    public void Files_are_found_under_their_names_and_read_by_what_they_hold(string images, string labels, bool compressed)
    {
        using var folder = Made(images, labels, compressed);
        var set = Mnist.Read(folder.Path);
        Assert.Equal([0.0, 51 / 255.0, 102 / 255.0, 1, 1 / 255.0, 2 / 255.0, 3 / 255.0, 4 / 255.0], set.Inputs.ToArray());
        Assert.Equal([7.0, 9], set.Targets.ToArray());
    }

    [Fact]
    public void An_image_takes_the_shape_asked_for()
    {
        using var folder = Made("train-images-idx3-ubyte", "train-labels-idx1-ubyte", false);
        Assert.Equal([2, 4], Mnist.Read(folder.Path, shape: [4]).Inputs.Shape);
        Assert.Equal([2, 1, 2, 2], Mnist.Read(folder.Path, shape: [1, 2, 2]).Inputs.Shape);
        var problem = Assert.Throws<ArgumentException>(() => Mnist.Read(folder.Path, shape: [5]));
        Assert.Contains("[Mnist.Read] got shape [5] for one example", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_labels_as_images_are_there_or_all_is_refused()
    {
        using var folder = Made("train-images-idx3-ubyte", "train-labels-idx1-ubyte", false);
        Idx.Write(folder.File("train-labels-idx1-ubyte"), Tensor.Of([1, 2, 3]));
        var problem = Assert.Throws<InvalidFileException>(() => Mnist.Read(folder.Path));
        Assert.Contains("targets [3]", problem.Message, StringComparison.Ordinal);
        Assert.Contains("inputs [2,2,2]", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "t10k-images-idx3-ubyte.gz",
            Assert.Throws<FileNotFoundException>(() => Mnist.Read(folder.Path, "t10k")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentNullException>(() => Mnist.Read(null!));
        Assert.Throws<ArgumentNullException>(() => Mnist.Read(folder.Path, null!));
        Assert.Throws<ArgumentException>(() => Mnist.Read(""));
        Assert.Throws<ArgumentException>(() => Mnist.Read(folder.Path, ""));
    }

    private static TemporaryFolder Made(string images, string labels, bool compressed)
    {
        var folder = new TemporaryFolder();
        Idx.Write(folder.File(images), Tensor.Of([0, 51, 102, 255, 1, 2, 3, 4], 2, 2, 2), compressed: compressed);
        Idx.Write(folder.File(labels), Tensor.Of([7, 9]), compressed: compressed);
        return folder;
    }
}
