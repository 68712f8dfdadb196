using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

public class ToysTests
{
    private static readonly Key Seed = Key.Of(11);

    private static readonly (string Name, Func<int, double, Key, Dataset> Make, Func<int, int[]> Counts)[] Sets =
    [
        ("moons", Toys.TwoMoons, n => [n / 2, n - (n / 2)]),
        ("circles", (n, noise, key) => Toys.Circles(n, noise, key), n => [n / 2, n - (n / 2)]),
        ("spirals", (n, noise, key) => Toys.Spirals(n, 3, noise, key), n => [(n + 2) / 3, (n + 1) / 3, n / 3]),
        ("blobs", (n, noise, key) => Toys.Blobs(n, 2, 2, noise, key), n => [n - (n / 2), n / 2]),
        ("xor", Toys.Xor, n => [((n + 3) / 4) + ((n + 2) / 4), ((n + 1) / 4) + (n / 4)]),
    ];

    public static TheoryData<string> Names => [.. Sets.Select(set => set.Name)];

    private static double[,] Points(Dataset set) => set.Inputs.ToMatrix();

    [Theory]
    [MemberData(nameof(Names))]
    public void ClassesHaveTheirRowsExactly(string name)
    {
        var (_, make, counts) = Array.Find(Sets, set => set.Name == name);
        foreach (var count in (int[])[0, 1, 2, 5, 7, 100, 65_537])
        {
            var set = make(count, 0.1, Seed);
            Assert.Equal([count, 2], set.Inputs.Shape);
            Assert.Equal(counts(count), set.ClassCounts(counts(count).Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoiseIsOfItsDeviationAndItsKey(string name)
    {
        var make = Array.Find(Sets, set => set.Name == name).Make;
        var (still, noisy) = (make(20_000, 0, Seed), make(20_000, 0.3, Seed));
        // √(2·0.3⁴ ⁄ 40,000) ⁄ (2·0.3) = 1.1e-3 is the deviation's own.
        Assert.Equal(0.3, Ops.StandardDeviation(noisy.Inputs - still.Inputs).Item(), 0.006);
        Assert.Equal(noisy.Inputs.ToArray(), make(20_000, 0.3, Seed).Inputs.ToArray());
        Assert.NotEqual(noisy.Inputs.ToArray(), make(20_000, 0.3, Key.Of(12)).Inputs.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ATracedKeyGivesTheSame(string name)
    {
        var make = Array.Find(Sets, set => set.Name == name).Make;
        var traced = Transforms.Compile((Key key) => make(9, 0.1, key)).Invoke(Seed);
        ReferenceData.AssertClose(make(9, 0.1, Seed).Inputs.ToArray(), traced.Inputs.ToArray(), 1e-15, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersOutOfRangeAreRefused(string name)
    {
        var make = Array.Find(Sets, set => set.Name == name).Make;
        Assert.Throws<ArgumentException>(() => make(-1, 0, Seed));
        Assert.Throws<ArgumentException>(() => make(1, -1, Seed));
        Assert.Throws<ArgumentException>(() => make(1, double.NaN, Seed));
        Assert.Throws<ArgumentNullException>(() => make(1, 1, null!));
    }

    [Fact]
    public void MoonsAreScikitLearns()
    {
        // sklearn.datasets.make_moons(7, shuffle=False): x of class 0 is cos 0, cos π⁄2, cos π, and of class 1 1 − cos(0, π⁄3, 2π⁄3, π).
        double[,] expected =
        {
            { 1, 0 },
            { 0, 1 },
            { -1, 0 },
            { 0, 0.5 },
            { 0.5, -0.36602540378443865 },
            { 1.5, -0.36602540378443865 },
            { 2, 0.5 },
        };
        var points = Points(Toys.TwoMoons(7, 0, Seed));
        Assert.All(Enumerable.Range(0, 14), i => Assert.Equal(expected[i / 2, i % 2], points[i / 2, i % 2], 1e-15));
    }

    [Fact]
    public void CirclesAreScikitLearns()
    {
        var points = Points(Toys.Circles(7, 0, Seed, 0.5));
        double[,] expected =
        {
            { 1, 0 },
            { -0.5, 0.8660254037844386 },
            { -0.5, -0.8660254037844386 },
            { 0.5, 0 },
            { 0, 0.5 },
            { -0.5, 0 },
            { 0, -0.5 },
        };
        Assert.All(Enumerable.Range(0, 14), i => Assert.Equal(expected[i / 2, i % 2], points[i / 2, i % 2], 1e-15));
    }

    [Fact]
    public void SpiralsWindOutwards()
    {
        var points = Points(Toys.Spirals(8, 2, 0, Seed, turns: 1));
        for (var row = 0; row < 8; row++)
        {
            var radius = ((row % 4) + 0.5) / 4;
            var angle = 2 * Math.PI * ((row / 4 * 0.5) + radius);
            Assert.Equal(radius * Math.Cos(angle), points[row, 0], 1e-15);
            Assert.Equal(radius * Math.Sin(angle), points[row, 1], 1e-15);
        }
    }

    [Fact]
    public void BlobsLieAboutTheirCentres()
    {
        var centres = Tensor.Of([1, 2, 3, -4, -5, -6], 2, 3);
        Assert.Equal([1, 2, 3, 1, 2, 3, -4, -5, -6], Toys.Blobs(3, centres, 0, Seed).Inputs.ToArray());
        var drawn = Toys.Blobs(100, 50, 2, 0, Seed).Inputs.ToArray();
        Assert.InRange(drawn.Min(), -10, -9);
        Assert.InRange(drawn.Max(), 9, 10);
        Assert.Throws<ArgumentException>(() => Toys.Blobs(3, Tensor.Zeros([0, 3]), 0, Seed));
        Assert.Throws<ArgumentException>(() => Toys.Blobs(3, 0, 3, 0, Seed));
    }

    [Fact]
    public void XorSaysWhetherSignsDiffer()
    {
        var set = Toys.Xor(9, 0, Seed);
        var points = Points(set);
        Assert.Equal(Enumerable.Range(0, 9).Select(row => points[row, 0] * points[row, 1] < 0 ? 1 : 0), set.Labels());
        Assert.Equal(4, Enumerable.Range(0, 9).Select(row => (points[row, 0], points[row, 1])).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheBoardsClassIsItsFieldsColour(int fields)
    {
        var set = Toys.Checkerboard(1001, fields, Seed);
        var points = Points(set);
        Assert.Equal(
            Enumerable.Range(0, 1001).Select(row => ((int)(points[row, 0] * fields) + (int)(points[row, 1] * fields)) % 2),
            set.Labels()
        );
        var each = Enumerable.Range(0, 1001).GroupBy(row => ((int)(points[row, 0] * fields), (int)(points[row, 1] * fields))).ToArray();
        Assert.Equal(fields * fields, each.Length);
        Assert.InRange(each.Max(field => field.Count()) - each.Min(field => field.Count()), 0, 1);
        Assert.Throws<ArgumentException>(() => Toys.Checkerboard(1, 0, Seed));
    }

    [Fact]
    public void CurvesAreTheirFunctionAndNoise()
    {
        var sines = Toys.Sines(1000, 0, Seed, 2);
        Assert.Equal([1000, 1], sines.Inputs.Shape);
        ReferenceData.AssertClose(
            [.. sines.Inputs.ToArray().Select(x => Math.Sin(4 * Math.PI * x))],
            sines.Targets.ToArray(),
            1e-14,
            "sines"
        );
        Assert.InRange(sines.Inputs.ToArray().Min(), 0, 0.02);
        var curve = Toys.Curve(x => x * x, 20_000, -3, 5, 0.5, Seed);
        Assert.Equal(0.5, Ops.StandardDeviation(curve.Targets - Ops.Square(curve.Inputs)).Item(), 0.01);
        Assert.InRange(curve.Inputs.ToArray().Max(), 4.99, 5);
        Assert.Throws<ArgumentException>(() => Toys.Curve(x => x[0], 3, 0, 1, 0, Seed));
        Assert.Throws<ArgumentException>(() => Toys.Sines(3, 0, Seed, double.NaN));
    }

    [Fact]
    public void TheRollIsRolledByItsTargets()
    {
        var roll = Toys.SwissRoll(500, 0, Seed);
        var (points, t) = (Points(roll), roll.Targets.ToArray());
        Assert.All(t, place => Assert.InRange(place, 1.5 * Math.PI, 4.5 * Math.PI));
        Assert.All(Enumerable.Range(0, 500), row => Assert.Equal(t[row] * Math.Cos(t[row]), points[row, 0], 1e-13));
        Assert.All(Enumerable.Range(0, 500), row => Assert.Equal(t[row] * Math.Sin(t[row]), points[row, 2], 1e-13));
        Assert.All(Enumerable.Range(0, 500), row => Assert.InRange(points[row, 1], 0, 21));
    }

    [Fact]
    public void ATeacherSaysWhatItsNetSays()
    {
        var w = Tensor.Of([1, 0, -1, 0, 1, -1], 2, 3);
        Tensor Net(Tensor x) => Ops.MatMul(x, w);
        var values = Toys.Teacher(Net, 1000, 2, 0, Seed);
        Assert.Equal(Net(values.Inputs).ToArray(), values.Targets.ToArray());
        Assert.Equal(1, Ops.StandardDeviation(values.Inputs).Item(), 0.1);
        var noisy = Toys.Teacher(Net, 10_000, 2, 0.5, Seed);
        Assert.Equal(0.5, Ops.StandardDeviation(noisy.Targets - Net(noisy.Inputs)).Item(), 0.01);
        var classes = Toys.TeacherClasses(Net, 1000, 2, Seed);
        Assert.Equal(Ops.ArgMax(Net(classes.Inputs)).ToArray(), classes.Targets.ToArray());
        Assert.Equal(3, classes.ClassCounts().Length);
        Assert.Throws<ArgumentException>(() => Toys.Teacher(Net, 10, 0, 0, Seed));
        Assert.Throws<ArgumentException>(() => Toys.Teacher(x => x[0], 10, 2, 0, Seed));
        Assert.Throws<ArgumentException>(() => Toys.TeacherClasses(x => x[.., 0], 10, 2, Seed));
    }
}
