using System.CommandLine;
using System.Globalization;

namespace AutoDiff.Benchmarks;

/// <summary>What stands before the first number: tracing, differentiating and planning a Hessian-vector product.</summary>
internal static class StartupCommand
{
    private const int Warm = 20;
    private const int Fresh = 5;

    private static readonly string[] Columns = ["what", "ms"];

    public static Command Create()
    {
        var plain = new Option<bool>("--plain")
        {
            Description = "The first call's milliseconds alone, for the process that gathers them.",
            Hidden = true,
        };
        var command = new Command("startup", "Time tracing, differentiating and planning.") { plain };
        command.SetAction(parse =>
        {
            var sample = Sample.Of(NetCase.Named("fmnist-64")); // data, drawn before the clock starts
            if (parse.GetValue(plain))
            {
                Terminal.Say(Milliseconds(() => sample.Product().Run()).ToString("R", CultureInfo.InvariantCulture));
                return;
            }
            for (var i = 0; i < Warm; i++)
                sample.Product();
            var warm = Clock.Median(Enumerable.Range(0, Warm).Select(_ => Milliseconds(() => sample.Product())));
            var fresh = Clock.Median(Enumerable.Range(0, Fresh).Select(_ => Child.Numbers("startup", "--plain")[0]));
            Terminal.Write(
                1,
                Columns,
                [
                    [$"trace, differentiate, plan the HVP; warm, median of {Warm}", Terminal.Number(warm)],
                    [$"the same and the first product, in a fresh process, median of {Fresh}", Terminal.Number(fresh)],
                ]
            );
        });
        return command;
    }

    private static double Milliseconds(Action action) => Clock.Seconds(action) * 1e3;
}
