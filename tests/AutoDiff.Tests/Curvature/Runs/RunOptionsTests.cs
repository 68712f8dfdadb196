using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

public class RunOptionsTests
{
    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Refused("[RunOptions] got a number of threads of 0; expected a positive number", () => new RunOptions { Threads = 0 });
        Refused("[RunOptions] got a number of threads of -2; expected a positive number", () => new CurvatureOptions { Threads = -2 });
        Refused("[IterationOptions] got a maximum of iterations -1;", () => new NewtonOptions { MaxIterations = -1 });
        Refused("[IterationOptions] got a maximum of products -1;", () => new ConjugateGradientOptions { MaxProducts = -1 });
    }

    [Fact]
    public void By_default_all_processors_work_without_limits()
    {
        var options = new NewtonOptions();
        Assert.Equal((Environment.ProcessorCount, (int?)null, (int?)null), (options.Threads, options.MaxIterations, options.MaxProducts));
    }

    [Fact]
    public void Newton_begins_no_step_beyond_its_products()
    {
        // Three parameters, so three products a step.
        Tensor Loss(Tensor p) => Ops.Sum(Ops.Square(Ops.Square(p))) + Ops.Sum(p);
        var limited = Newton.Minimize(Loss, Tensor.Of([3.0, 2, 1]), new() { MaxProducts = 7 });
        Assert.Equal((Outcome.MaxIterations, 9, 2), (limited.Outcome, limited.Products, limited.Iterations));
    }

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
