namespace AutoDiff.Tests;

/// <summary>Keys and their children: determinism, exact bits, errors.</summary>
public sealed class KeyTests
{
    private static readonly Key _key = Key.Of(42);

    [Fact]
    public void SplitsAndFoldsHaveTheseBits()
    {
        var split = _key.Split(3);
        Assert.Equal("C8FA5A2D5419FA3F9807E02220439B04", $"{split[0].Bits:X32}");
        Assert.Equal("92DD60BF261EF70D5A936FF51F858D22", $"{split[1].Bits:X32}");
        Assert.Equal("093DE5FC5B8A0A9F97AF2590207EB3D4", $"{split[2].Bits:X32}");
        Assert.Equal("9A0BF1C616CA72374B4E56A8A16F8499", $"{_key.FoldIn(7).Bits:X32}");
        Assert.Equal("FF7B2FFECB2F1FEE937B9047C9B26EB5", $"{_key.FoldIn((1UL << 40) + 3).Bits:X32}");
        Assert.Equal("78A8087C8809F96589E1AB17165B739A", $"{split[1].FoldIn(9).Bits:X32}");
    }

    [Fact]
    public void EqualSeedsAreEqualKeys()
    {
        Assert.Equal(Key.Of(42), _key);
        Assert.NotEqual(Key.Of(43), _key);
    }

    [Fact]
    public void BitsMakeTheKeyAgain() => Assert.Equal(_key.FoldIn(5), Key.FromBits(_key.FoldIn(5).Bits));

    [Fact]
    public void ALongerSplitBeginsWithAShorterOne()
    {
        var (first, second) = _key.Split();
        Assert.Equal([first, second], _key.Split(2));
        Assert.Equal(_key.Split(2), _key.Split(5)[..2]);
        Assert.Empty(_key.Split(0));
    }

    [Fact]
    public void AllDescendantsDiffer()
    {
        ulong[] numbers = [0, 1, 2, 3, 1UL << 32, 2UL << 32, (1UL << 32) + 1];
        Key[] Children(Key key) => [.. key.Split(6), .. numbers.Select(key.FoldIn)];

        var children = Children(_key);
        Key[] all = [_key, .. children, .. children.SelectMany(Children)];
        Assert.Equal(1 + 13 + (13 * 13), all.Distinct().Count());
    }

    [Fact]
    public void MisuseIsNamed()
    {
        Error("[Key.Split] count -1; expected at least 0", () => _key.Split(-1));
        Error("[Key.Integer] bound 0; expected above 0", () => _key.Integer(0));
        Error("[Key.Permutation] count -2; expected at least 0", () => _key.Permutation(-2));
        Error("[Key.Choice] 4 of 3 without replacement; expected no more than there are", () => _key.Choice(3, 4, replace: false));
        Error("[Key.Choice] 1 of none; expected something to pick from", () => _key.Choice(0, 1, replace: true));
        Error("[Key.Choice] -1 of 3; expected both at least 0", () => _key.Choice(3, -1, replace: true));
        Error("[Key.Uniform] low 1, high 1; expected low below high, a finite distance apart", () => _key.Uniform([2], 1, 1));
        Error("[Key.Uniform] low 0, high NaN; expected low below high, a finite distance apart", () => _key.Uniform([2], 0, double.NaN));
        Error("[Key.Normal] mean 0, standard deviation -1; expected finite numbers, the second at least 0", () => _key.Normal([2], 0, -1));
        Error("[Key.Bernoulli] probability 1.5; expected 0 to 1", () => _key.Bernoulli([2], 1.5));
        Assert.Equal(
            "[Key.Uniform] got null for shape; expected a value (Parameter 'shape')",
            Assert.Throws<ArgumentNullException>(() => _key.Uniform(null!)).Message
        );
    }

    private static void Error(string message, Func<object> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
}
