using AutoDiff.Data;
using AutoDiff.Files;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

public sealed class DatasetFileTests : IDisposable
{
    private static readonly Dataset _set = new(Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2), Tensor.Of([0, 1, 0]));

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("a");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_from_either_format()
    {
        Action[] writers = [() => TreeFile.Save(Path, _set), () => Npz.Save(Path, _set), () => Npz.Save(Path, _set, compressed: true)];
        foreach (var write in writers)
        {
            write();
            var read = DatasetFile.Read(Path);
            Assert.Equal(_set.Inputs.ToArray(), read.Inputs.ToArray());
            Assert.Equal([3, 2], read.Inputs.Shape);
            Assert.Equal(_set.Targets.ToArray(), read.Targets.ToArray());
        }
    }

    [Fact]
    public void Tensors_are_chosen_by_name()
    {
        Npz.Save(Path, _set);
        var read = DatasetFile.Read(Path, "Targets", "Inputs");
        Assert.Equal(_set.Targets.ToArray(), read.Inputs.ToArray());
        Assert.Equal(_set.Inputs.ToArray(), read.Targets.ToArray());
        var problem = Assert.Throws<InvalidFileException>(() => DatasetFile.Read(Path, "x_train", "Targets"));
        Assert.Contains(
            "there is no tensor \"x_train\"; expected it among \"Inputs\", \"Targets\"",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Different_numbers_of_rows_are_refused()
    {
        foreach (var targets in new[] { Tensor.Of([0, 1]), Tensor.Of(3.0) })
        {
            Npz.Save(Path, TensorMap.Of(("Inputs", _set.Inputs), ("Targets", targets)));
            Assert.Equal(
                $"[DatasetFile.Read] {Path}: \"Inputs\" is [3,2] and \"Targets\" {targets.Shape}; expected as many rows of both",
                Assert.Throws<InvalidFileException>(() => DatasetFile.Read(Path)).Message
            );
        }
    }

    [Fact]
    public void Misuse_and_damage_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => DatasetFile.Read(null!));
        Assert.Throws<ArgumentNullException>(() => DatasetFile.Read(Path, null!));
        Assert.Throws<ArgumentNullException>(() => DatasetFile.Read(Path, "a", null!));
        Assert.Throws<FileNotFoundException>(() => DatasetFile.Read(Path));
        Assert.Throws<UnauthorizedAccessException>(() => DatasetFile.Read(_folder.Path));
        foreach (var bytes in new byte[][] { [], [80], [80, 75], [1, 2, 3] })
        {
            File.WriteAllBytes(Path, bytes);
            Assert.Throws<InvalidFileException>(() => DatasetFile.Read(Path));
        }
    }
}
