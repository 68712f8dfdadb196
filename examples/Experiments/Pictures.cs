using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Examples.Experiments;

/// <summary>Pictures of digits as rows of pixels from 0 to 1, with their classes: MNIST where its folder is given, else the built-in ones of 8 by 8.</summary>
/// <param name="Train">Those to train on.</param>
/// <param name="Test">Those to be tested on.</param>
/// <param name="Pixels">Pixels of a picture.</param>
/// <param name="Name">What they are called.</param>
internal sealed record Pictures(Dataset Train, Dataset Test, int Pixels, string Name)
{
    public const int Classes = 10;

    /// <summary>So many of each, or as many as there are.</summary>
    /// <exception cref="RefusedException">The folder's files cannot be read.</exception>
    public static Pictures Read(ExperimentRun run, int train, int test)
    {
        if (run.Data is not null)
        {
            var folder = run.RequiredData("mnist");
            return new(First(train, Files(folder, "train", [784])), First(test, Files(folder, "t10k", [784])), 784, "MNIST");
        }
        var digits = Digits.Read(run.Cancellation).ToDataset(target: ^1).Map(pixels => pixels / 16);
        return new(
            First(train, digits),
            digits.Slice(Math.Min(train, digits.Count), Math.Min(train + test, digits.Count)),
            64,
            Digits.Name
        );
    }

    /// <summary>One set of MNIST's family, <c>train</c> or <c>t10k</c>, each picture in a shape.</summary>
    /// <exception cref="RefusedException">The folder's files cannot be read.</exception>
    public static Dataset Files(string folder, string set, Shape shape)
    {
        try
        {
            return Mnist.Read(folder, set, shape: shape);
        }
        catch (Exception problem) when (problem is IOException or InvalidFileException or UnauthorizedAccessException)
        {
            throw new RefusedException(problem.Message, problem);
        }
    }

    private static Dataset First(int count, Dataset all) => all.Take(Math.Min(count, all.Count));
}
