namespace AutoDiff.Tests.Problems;

/// <summary>That the functions are the paper's.</summary>
public class MoreGarbowHillstromTests
{
    /// <summary>Norms of the residuals at the start, as MINPACK's test programs print them.</summary>
    public static TheoryData<string, double> Starts =>
        new()
        {
            { "Rosenbrock", 4.919350 },
            { "Helical valley", 50 },
            { "Powell singular", 14.66288 },
            { "Freudenstein and Roth", 20.01250 },
            { "Bard", 6.456136 },
            { "Kowalik and Osborne", 0.07289151 },
            { "Meyer", 41153.47 },
            { "Watson", 5.477226 },
            { "Box three-dimensional", 32.11158 },
            { "Jennrich and Sampson", 64.58563 },
            { "Brown and Dennis", 2815.438 },
            { "Brown almost-linear", 16.53022 },
            { "Osborne 1", 0.9375640 },
            { "Osborne 2", 1.446865 },
        };

    /// <summary>Zeros that the paper gives.</summary>
    public static TheoryData<string, double[]> Zeros =>
        new()
        {
            { "Rosenbrock", [1, 1] },
            { "Freudenstein and Roth", [5, 4] },
            { "Powell badly scaled", [1.0981593296997059e-5, 9.1061467398665240] },
            { "Brown badly scaled", [1e6, 2e-6] },
            { "Beale", [3, 0.5] },
            { "Helical valley", [1, 0, 0] },
            { "Gulf research and development", [50, 25, 1.5] },
            { "Box three-dimensional", [1, 10, 1] },
            { "Powell singular", [0, 0, 0, 0] },
            { "Wood", [1, 1, 1, 1] },
            { "Biggs EXP6", [1, 10, 1, 5, 4, 3] },
            { "Variably dimensioned", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
            { "Brown almost-linear", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
        };

    [Fact]
    public void All35AreThereAndOneInTwoSizes() =>
        Assert.Equal(36, MoreGarbowHillstrom.All.Select(problem => problem.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Starts))]
    public void TheStartIsThePapers(string name, double norm)
    {
        var problem = MoreGarbowHillstrom.All.Single(problem => problem.Name == name);
        Assert.Equal(norm, Math.Sqrt(problem.Loss(problem.Start).Item()), 6e-7 * norm);
    }

    [Theory]
    [MemberData(nameof(Zeros))]
    public void TheZeroIsThePapers(string name, double[] zero)
    {
        var problem = MoreGarbowHillstrom.All.Single(problem => problem.Name == name);
        Assert.InRange(problem.Loss(zero).Item(), 0, 1e-20);
    }
}
