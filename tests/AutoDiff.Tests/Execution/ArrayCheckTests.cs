using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Execution;

/// <summary>What a run says of the arrays it is given.</summary>
public sealed class ArrayCheckTests
{
    public static TheoryData<string> Forms => ["double", "single", "checked", "threads"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void AnArrayThatIsWrittenAndGivenTwiceIsRefused(string form)
    {
        const int Count = 50;
        var run = Identity(Count, Options(form));
        var inputs = Arrays(Count, 3);
        Refused(20, 7, 3, "the array of output 20 is also another output's, 7; expected one of its own");
        Refused(49, 0, 3, "the array of output 49 is also another output's, 0; expected one of its own");
        Few(form);
        var outputs = Arrays(Count, 3);
        outputs[31] = inputs[4];
        Says(inputs, outputs, "the array of output 31 is also an input's, 4 \"[4]\"; expected one of its own");
        outputs = Arrays(Count, 3);
        outputs[3] = new double[2];
        Says(inputs, outputs, "output 3 of shape [3] got an array of 2 elements; expected 3");
        outputs[3] = null!;
        Says(inputs, outputs, "output 3 of shape [3] got an array of 0 elements; expected 3");
        inputs[9] = inputs[8];
        outputs = Arrays(Count, 3);
        run.Run(inputs, outputs);
        Assert.Equal(inputs, outputs);

        void Refused(int later, int earlier, int length, string problem)
        {
            var arrays = Arrays(Count, length);
            arrays[later] = arrays[earlier];
            Says(inputs, arrays, problem);
        }

        void Says(double[][] from, double[][] to, string problem) =>
            Assert.Equal($"[Run] {problem}", Assert.Throws<ArgumentException>(() => run.Run(from, to)).Message);
    }

    /// <summary>The same of two arrays each, which are compared one by one.</summary>
    private static void Few(string form)
    {
        var run = Identity(2, Options(form));
        double[] a = [1, 2, 3],
            b = [4, 5, 6],
            c = [0, 0, 0],
            d = [0, 0, 0];
        Says([a, b], [c, c], "the array of output 1 is also another output's, 0; expected one of its own");
        Says([a, b], [c, a], "the array of output 1 is also an input's, 0 \"[0]\"; expected one of its own");
        Says([a, b], [c], "got 1 output arrays; expected 2");
        run.Run([a, a], [c, d]);
        Assert.Equal(a, d);

        void Says(double[][] from, double[][] to, string problem) =>
            Assert.Equal($"[Run] {problem}", Assert.Throws<ArgumentException>(() => run.Run(from, to)).Message);
    }

    [Fact]
    public void EmptyArraysMayBeOneAndTheSame()
    {
        var run = Compile((TreeList<Tensor> x) => x).For([Tensor.Zeros([0]), Tensor.Zeros([0])]);
        double[] none = [];
        run.Run([none, none], [none, none]);
    }

    [Theory]
    [InlineData("double")]
    [InlineData("single")]
    [InlineData("threads")]
    public void TheCheckAllocatesNothingOnceWarm(string form)
    {
        var run = Identity(300, Options(form));
        double[][] inputs = Arrays(300, 3),
            outputs = Arrays(300, 3);
        run.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run.Run(inputs, outputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void ThreadsMayRunOneExecutableWhileAnotherIsRefused()
    {
        var run = Identity(40, new());
        var inputs = Arrays(40, 3);
        Parallel.For(
            0,
            200,
            i =>
            {
                var outputs = Arrays(40, 3);
                if (i % 3 == 0)
                    outputs[39] = outputs[i % 39];
                if (i % 3 == 0)
                    Assert.Throws<ArgumentException>(() => run.Run(inputs, outputs));
                else
                    run.Run(inputs, outputs);
            }
        );
    }

    private static CompileOptions Options(string form) =>
        form switch
        {
            "single" => new() { Precision = Precision.Single },
            "checked" => new() { CheckFinite = true },
            "threads" => new() { Threads = 2 },
            _ => new(),
        };

    private static Executable Identity(int count, CompileOptions options) =>
        Compile((TreeList<Tensor> x) => x, options).For([.. Enumerable.Repeat(Tensor.Zeros([3]), count)]);

    private static double[][] Arrays(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length).Select(j => (double)(i + j)).ToArray())];
}
