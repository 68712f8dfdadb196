using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

/// <summary>What a panel looks like in characters.</summary>
public sealed class TerminalTests
{
    public static TheoryData<string, string> Drawings =>
        new()
        {
            {
                "line",
                """
                    title
                    up [s]
                      │                                  ⡠⠊
                      │                               ⢀⠤⠊
                      │                            ⢀⡠⠊⠁
                    10┤                           ⠔⠁
                      │
                      │
                      │
                     0┤ ⡠⠤⠤⠤⠤⠒⠒⠒⠒
                      └─┬────────────────┬────────────────┬─
                        0                2                4
                                    across [m]
                    """
            },
            {
                "path",
                """
                    title
                    up [s]
                    1┤                   ↖⡀
                     │                    ⠈⠒⢄
                     │                       ⠑⠤⡀
                     │                         ⠈⠢⡀
                     │                           ⠈⠑⢄
                     │                              ⠑⠢⡀
                     │                                ⠈⠢⢄
                    0┤ ●⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣑⣄
                     └─┬─────────────────┬────────────────┬─
                       0                 1                2
                                    across [m]
                    """
            },
            {
                "step",
                """
                    title
                    up [s]
                     │             ⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⢹
                     │             ⡇                      ⢸
                     │             ⡇                      ⢸
                    2┤             ⡇                      ⢸
                     │             ⡇                      ⠈
                     │             ⡇
                     │             ⡇
                     │ ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇
                     └─┬──────────────────────┬─────────────
                       0                      2
                                    across [m]
                    """
            },
            {
                "scatter",
                """
                    title
                    up [s]
                     │ ▲
                     │
                     │
                    2┤                                    ▲
                     │
                     │
                     │
                     │                   ▲
                     └─┬─────────────────┬────────────────┬─
                       1                 2                3
                                    across [m]
                    """
            },
            {
                "bar",
                """
                    title
                    up [s]
                     │ ▇▇▇▇▇▇▇▇▇▇
                     │ ██████████                ▇▇▇▇▇▇▇▇▇▇
                     │ ██████████                ██████████
                     │ ██████████                ██████████
                     │ ██████████                ██████████
                    0┤ ██████████   ▁▁▁▁▁▁▁▁▁▁   ██████████
                     │              ██████████
                     │              ██████████
                     └──────┬────────────┬───────────┬──────
                           red         green       blue
                                    across [m]
                    """
            },
            {
                "histogram",
                """
                    title
                    up [s]
                     │                   ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
                     │                   ██████████████████
                    2┤          ▂▂▂▂▂▂▂▂▂██████████████████
                     │          ███████████████████████████
                     │          ███████████████████████████
                     │ ▅▅▅▅▅▅▅▅▅███████████████████████████
                     │ ████████████████████████████████████
                    0┤ ████████████████████████████████████
                     └──────────┬────────────────┬──────────
                                2                4
                                    across [m]
                    """
            },
            {
                "box",
                """
                    title
                    up [s]
                    20┤                  ⠈
                      │
                      │
                      │
                      │
                      │
                      │       ⣖⣒⣖⣒⣖⣒⣖⣒⣖⣒⣖⣚⣖⣒⣖⣒⣖⣒⣖⣒⣖⣒⣶
                      │       ⠓⠒⠓⠒⠓⠒⠓⠒⠓⠒⠓⢲⠓⠒⠓⠒⠓⠒⠓⠒⠓⠒⠛
                      └──────────────────┬──────────────────
                                        box
                                    across [m]
                    """
            },
            {
                "errorBar",
                """
                    title
                    up [s]
                    4┤                                    ⢸⠁
                     │                                    ⢸
                     │⠠⡄                                  ●
                     │ ⡇                                  ⢸
                     │ ⡇                                  ⠈⠁
                    2┤ ●
                     │ ⡇
                     │⢀⡇
                     └─┬─────────────────┬────────────────┬─
                       1                1.5               2
                                    across [m]
                    """
            },
            {
                "band",
                """
                    title
                    up [s]
                     │                ⡀⠄⡂⠄⡂⠄⡀ ⡀
                     │            ⡀⠄⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠄⡀⠄⡀ ⡀
                     │      ⡀ ⡀⠄⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂
                     │  ⡀⠄⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂
                     │ ⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂
                     │ ⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂
                     │ ⠅⡂⠅⡂⠅⡂⠅⡂⠅⠂⠅⠂⠁⠂⠁     ⠁ ⠁⠂⠁⠂⠅⡂⠅⡂⠅⡂⠅⡂⠅⡂
                    0┤ ⠅⠂⠁⠂⠁ ⠁                       ⠁ ⠁⠂⠁⠂
                     └─┬─────────────────┬────────────────┬─
                       0                 1                2
                                    across [m]
                    """
            },
            {
                "heatMap",
                """
                    title
                    up [s]
                    2┤▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓██████████
                     │▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓██████████
                     │░░░░░░░░░░·········░░░░░░░░░▓▓▓▓▓▓▓▓▓▓
                     │░░░░░░░░░░·········░░░░░░░░░▓▓▓▓▓▓▓▓▓▓
                    0┤····························▒▒▒▒▒▒▒▒▒▒
                     │░░░░░░░░░░·········░░░░░░░░░▓▓▓▓▓▓▓▓▓▓
                     │░░░░░░░░░░·········░░░░░░░░░▓▓▓▓▓▓▓▓▓▓
                     └──────────────┬──────────────────┬────
                                    0                  2
                                    across [m]
                    · 0 to █ 8
                    """
            },
            {
                "contour",
                """
                    title
                    up [s]
                    2┤         ⣀⣀⣀⣀⣀⣀⣀⡀
                     │⠔⠒⠒⠒⠒⠉⠉⠉⠉       ⠈⠉⠉⠉⠒⠒⠒⠒⠢⠤⢄⣀
                     │         ⣀⡠⠤⠒⠢⠤⣀⡀           ⠉⠱⡀
                     │   ⢀⣀⠤⠔⠊⠉       ⠈⠉⠒⠤⣀⡀        ⠈⠢⢄
                    0┤⣔⡒⠉⠁                 ⠈⠉⢒⣢⠄      ⠈⡢
                     │ ⠈⠉⠒⠢⠤⣀           ⢀⡤⠔⠒⠉⠁       ⢀⠜
                     │       ⠉⠑⠒⠤⢄⣀⣀⠤⠔⠒⠉⠁          ⢀⠔⠁
                     └┬───────────┬────────────┬───────────┬
                     −1           0            1           2
                                    across [m]
                    lines from 1 to 3
                    """
            },
            {
                "arrows",
                """
                    title
                    up [s]
                     │                   ↑
                     │                   ⡇
                     │                   ⡇
                    0┤ ←                 ⡇                →
                     │ ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
                     │                   ⡇
                     │                   ⡇
                     │                   ↓
                     └─┬─────────────────┬────────────────┬─
                      −1                 0                1
                                    across [m]
                    """
            },
            {
                "text",
                """
                    title
                    up [s]
                    1┤                                  high
                     │
                     │
                     │
                     │
                     │
                     │
                    0┤ low
                     └─┬─────────────────┬────────────────┬─
                       0                0.5               1
                                    across [m]
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Drawings))]
    public void EachMarkIsDrawn(string kind, string drawing) =>
        Assert.Equal(
            drawing.ReplaceLineEndings("\n"),
            Terminal.Of(SamplePanels.Of(SamplePanels.Marks.Single(sample => sample.Kind == kind).Mark), 40, 13)
        );

    [Fact]
    public void LettersTellMarksApart()
    {
        var text = Terminal.Of(
            SamplePanels.Of(
                new Mark.Line([0, 1], [0, 0]) { Name = "low" },
                new Mark.Line([0, 1], [1, 1]) { Name = "high", Dashed = true },
                new Mark.Scatter([0.5], [0.5]) { Name = "between" },
                new Mark.Line([0, 1], [0.7, 0.7])
            ),
            40,
            14
        );
        var lines = text.Split('\n');
        Assert.Equal("a low   b high   c between", lines[^1]);
        Assert.Equal(
            (3, 3, 1),
            (
                Count(lines.Single(line => line.StartsWith("0┤", StringComparison.Ordinal)), 'a'),
                Count(lines[2], 'b'),
                lines[3..10].Sum(line => Count(line, 'c'))
            )
        );
        // Only one name: there is nothing to tell apart.
        Assert.EndsWith(
            "\nlow",
            Terminal.Of(SamplePanels.Of(new Mark.Line([0, 1], [0, 0]) { Name = "low" }), 40, 14),
            StringComparison.Ordinal
        );

        static int Count(string line, char letter) => line.Count(c => c == letter);
    }

    [Fact]
    public void ADashedLineHasGaps()
    {
        var line = new Mark.Line([0, 1], [0, 1]);
        Assert.True(Dots(line with { Dashed = true }) < 0.7 * Dots(line));

        static int Dots(Mark mark) =>
            Terminal
                .Of(SamplePanels.Of(mark), 40, 14)
                .Where(letter => letter is >= '\u2800' and <= '\u28ff')
                .Sum(letter => System.Numerics.BitOperations.PopCount((uint)letter - 0x2800));
    }

    [Fact]
    public void NamesBelowTheAxisAreWhole()
    {
        string[] names = [.. Enumerable.Range(0, 9).Select(i => $"name{i}")];
        var lines = Terminal.Of(SamplePanels.Of(new Mark.Bar([.. names], [.. names.Select(_ => 1.0)])), 40, 14).Split('\n');
        var shown = lines[^2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(shown.Length, 3, 8);
        Assert.Empty(shown.Except(names));
        Assert.Equal(shown.Length, lines[^3].Count(letter => letter == '┬'));
    }

    [Fact]
    public void ALegendThatIsTooLongForALineTakesMore()
    {
        var marks = Enumerable.Range(0, 8).Select(i => (Mark)new Mark.Line([0, 1], [i, i]) { Name = $"name {i}" });
        var lines = Terminal.Of(SamplePanels.Of([.. marks]), 40, 20).Split('\n');
        Assert.Equal(["a name 0   b name 1   c name 2", "d name 3   e name 4   f name 5", "g name 6   h name 7"], lines[^3..]);
        Assert.Equal(20, lines.Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 30)]
    [InlineData(23, 9)]
    [InlineData(24, 9)]
    [InlineData(30, 9)]
    [InlineData(200, 60)]
    public void NoLineIsTooLongAndNoneTooMuchWhateverTheNumbers(int columns, int rows) =>
        Assert.All(
            SamplePanels
                .Extremes()
                .Concat(
                    SamplePanels.Marks.Select(sample =>
                        SamplePanels.Of(sample.Mark with { Name = new string('n', 50) }, sample.Mark with { Name = "m" })
                    )
                ),
            panel =>
            {
                var lines = Terminal.Of(panel, columns, rows).Split('\n');
                Assert.InRange(lines.Length, 1, rows);
                Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
                Assert.DoesNotContain('\u001b', string.Concat(lines));
            }
        );

    [Fact]
    public void AnEmptyPanelHasItsAxes()
    {
        var lines = Terminal.Of(SamplePanels.Of(), 40, 12).Split('\n');
        Assert.Equal(("title", "up [s]"), (lines[0], lines[1]));
        Assert.Equal("across [m]", lines[^1].Trim());
        Assert.All(lines[2..^3], line => Assert.Matches("^ *[0-9.]*[│┤]$", line));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    public void WithoutRoomThereIsNoDrawing(int columns, int rows) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Terminal.Of(SamplePanels.Of(), columns, rows));
}
