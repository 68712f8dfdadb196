using AutoDiff.Laws;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Check = AutoDiff.Laws.Check;

namespace AutoDiff.Properties;

/// <summary>A law that fails shrinks its case, prints a seed, and fails on the same case from that seed.</summary>
[Collection(nameof(Replays))]
public sealed class Replays
{
    private static readonly Law<Tensor> Small = new(
        "Small",
        "no element is above 2",
        x => Array.Exists(x.ToArray(), element => element > 2) ? new Verdict.Fails("one is") : new Verdict.Holds()
    );

    private static readonly Law<GraphCase> NoTanh = new(
        "NoTanh",
        "no program computes a tanh of several elements",
        graph =>
            Walk.Order(graph.Program.Build(new Input(graph.Point.Shape, "x")))
                .Exists(node => node is Apply { Op: Op.Map(Unary.Tanh), Shape.Size: > 1 })
                ? new Verdict.Fails("it does")
                : new Verdict.Holds()
    );

    private static readonly Arbitrary<Tensor> Any = Tensors.Of(Shapes.Any, Domain.Any);

    [Fact]
    public void A_failing_tensor_shrinks_to_one_simple_element() => Assert.Equal("3", Failure(Small, Any).Case!.ToString());

    // A stored program: what is drawn from a seed changes with the list of steps.
    [Fact]
    public void A_failing_program_shrinks_to_one_instruction_on_few_elements()
    {
        var stored = GraphCase.Parse(
            """
              v0 : [2,3]
              v1 = Sin(v0, v0, 0) : [2,3]
              v2 = Tanh(v1, v0, 2) : [2,3]
              v3 = Multiply(v2, v0, 1) : [2,3]
              v4 = Flip(v2, v3, 3) : [2,3]
              at [[1.5, -2, 0.25], [-0.125, 3, 1]], directions 7
            """
        );
        Assert.Equal(4, stored.Program.Instructions.Length);
        var graph = Assert.IsType<GraphCase>(Failure(NoTanh, Arb.From(Gen.Constant(stored), RandomGraphs.Of(smooth: true).Shrinker)).Case);
        Assert.Equal("Tanh", Assert.Single(graph.Program.Instructions).Step.Name);
        Assert.Equal(2, graph.Point.Shape.Size);
    }

    [Fact]
    public void What_a_failing_program_prints_replays_it()
    {
        foreach (var graph in Gen.Sample(RandomGraphs.Of(smooth: false).Generator, 10, new Rnd(3, 5), 60))
        {
            var again = GraphCase.Parse(graph.ToString());
            Assert.Equal(graph.ToString(), again.ToString());
            Assert.Equal(graph.Point.ToArray(), again.Point.ToArray());
            Assert.Equal(graph.Program.Build(graph.Point).ToArray(), again.Program.Build(again.Point).ToArray());
        }
    }

    [Theory]
    [InlineData("v0 : [2]\nv1 = NoSuchStep(v0, v0, 0) : [2]\nat [1, 2], directions 1", "NoSuchStep")]
    [InlineData("v0 : [2]\nv1 = Tanh(v1, v0, 0) : [2]\nat [1, 2], directions 1", "v1")]
    [InlineData("v0 : [2]\nv2 = Tanh(v0, v0, 0) : [2]\nat [1, 2], directions 1", "v1")]
    [InlineData("v0 : [2]\nv1 = Tanh(v0, v0, 0) : [2]", "directions")]
    public void What_is_no_program_is_refused(string text, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => GraphCase.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_printed_seed_replays_the_case()
    {
        var first = Failure(Small, Any);
        Assert.Contains($"seed: \"{first.Seed}\"", first.Message, StringComparison.Ordinal);
        var cases = 0;
        var counting = Small with
        {
            Judge = x =>
            {
                cases++;
                return Small.Judge(x);
            },
        };
        var again = Assert.Throws<LawFailedException>(() => Check.That(counting, Any, seed: first.Seed));
        Assert.Equal(first.Case!.ToString(), again.Case!.ToString());
        Assert.Contains("test 1,", again.Message, StringComparison.Ordinal);
        Assert.Equal(Original(first), Original(again));
    }

    [Fact]
    public void The_environment_variable_replays_the_case()
    {
        var first = Failure(Small, Any);
        var before = Environment.GetEnvironmentVariable(Seed.Variable);
        Environment.SetEnvironmentVariable(Seed.Variable, first.Seed);
        try
        {
            Assert.Equal(Original(first), Original(Assert.Throws<LawFailedException>(() => Check.That(Small, Any))));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Seed.Variable, before);
        }
    }

    [Fact]
    public void One_seed_gives_one_run()
    {
        var runs = new List<string>[] { [], [] };
        foreach (var run in runs)
            Check.That(
                new Law<Tensor>(
                    "Seen",
                    "",
                    x =>
                    {
                        run.Add($"{x} {x.Shape}");
                        return new Verdict.Holds();
                    }
                ),
                Any,
                30,
                "42"
            );
        Assert.Equal(runs[0], runs[1]);
        Assert.True(runs[0].Distinct(StringComparer.Ordinal).Count() > 20);
    }

    [Fact]
    public void A_passing_run_can_log_its_seed()
    {
        var lines = new List<string>();
        Check.That(new Law<Tensor>("True", "", _ => new Verdict.Holds()), Any, 5, "42", lines.Add);
        Assert.Contains("42,", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("7,9")]
    [InlineData("7,9,11")]
    public void Seeds_read_what_they_print(string text) => Assert.StartsWith(text, Seed.Parse(text).ToString(), StringComparison.Ordinal);

    [Fact]
    public void An_exception_in_a_law_is_a_failure_with_a_seed()
    {
        Func<Tensor, Verdict> judge = _ => throw new InvalidOperationException("no such thing");
        var failure = Failure(new Law<Tensor>("Throws", "", judge), Any);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.NotEmpty(failure.Seed);
    }

    private static LawFailedException Failure<T>(Law<T> law, Arbitrary<T> cases) =>
        Assert.Throws<LawFailedException>(() => Check.That(law, cases, 200, "2024"));

    private static string Original(LawFailedException failure) =>
        failure.Message.Split('\n').Single(line => line.StartsWith("Original:", StringComparison.Ordinal)).Split(" (test")[0];
}

/// <summary>Not beside other tests, which read the environment variable that one of these sets.</summary>
[CollectionDefinition(nameof(Replays), DisableParallelization = true)]
public sealed class ReplaysAlone;
