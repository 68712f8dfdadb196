using System.Text;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>What every experiment of the catalogue promises, at its quick size.</summary>
public sealed class AnswerTests
{
    /// <summary>Those that take well below a second and measure no time.</summary>
    private static readonly string[] Fast =
    [
        "plateau",
        "valley",
        "first-steps",
        "braking",
        "softmax",
        "two-losses",
        "four-paths",
        "descent-1d",
        "descent-2d",
        "two-minima",
        "momentum",
        "nesterov",
    ];

    public static TheoryData<string> Names => [.. Catalogue.All.Select(experiment => experiment.Name)];

    public static TheoryData<string> FastNames => [.. Fast];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void ItAnswersAndWhatItExpectedCameOutOrTheReasonIsKnown(string name)
    {
        var answer = Answered(name, Cancel);
        Assert.NotEmpty(answer.Checks);
        Assert.All(answer.Checks, check => Assert.True(check.Holds || check.Reason is not null, check.ToString()));
        Assert.All(
            answer.Checks,
            check => Assert.All([check.What, check.Expected, check.Measured, check.Reason ?? "-"], text => Readable(text, check.What))
        );
        foreach (var listing in answer.Listings)
        {
            Readable(listing.Caption, name);
            Assert.NotEmpty(listing.Rows);
            Assert.All(listing.Rows, row => Assert.Equal(listing.Columns.Length, row.Length));
            Assert.All(listing.Rows.SelectMany(row => row), cell => AsciiAlike(cell, listing.Caption));
        }
        foreach (var figure in answer.Figures)
        {
            Readable(figure.Caption, name);
            Assert.InRange(figure.Columns, 1, 6);
            Assert.NotEmpty(figure.Panels);
            Assert.All(figure.Panels, HoldsData);
        }
        var output = new StringWriter();
        AnswerText.Write(output, answer);
        Assert.All(output.ToString(), character => Assert.True(char.IsAscii(character)));
    }

    [Theory]
    [MemberData(nameof(FastNames))]
    public void TheSameSeedGivesTheSameAnswer(string name) => Assert.Equal(Json(name), Json(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void OneThatIsCancelledEndsAsCancelled(string name) =>
        Assert.ThrowsAny<OperationCanceledException>(() => Answered(name, new CancellationToken(canceled: true)));

    [Fact]
    public void EachHasANameOfItsOwnAQuestionOnOneLineRowsAndASource()
    {
        Assert.Equal(Catalogue.All.Length, Catalogue.All.Select(experiment => experiment.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            Catalogue.All.Length,
            Catalogue.All.Select(experiment => experiment.Question).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.All(
            Catalogue.All,
            experiment =>
            {
                Assert.All(
                    experiment.Name,
                    character => Assert.True(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
                );
                Assert.True(
                    Ascii.IsValid(experiment.Question) && !experiment.Question.Contains('\n', StringComparison.Ordinal),
                    experiment.Name
                );
                Assert.InRange(experiment.Question.Length, 10, 89);
                Assert.EndsWith("?", experiment.Question.Split(" (")[0], StringComparison.Ordinal);
                Assert.NotEmpty(experiment.Rows);
                Assert.True(experiment.Source.Length > 0, experiment.Name);
            }
        );
    }

    private static string Json(string name)
    {
        var run = new ExperimentRun(1, false, null, Cancel);
        return Encoding.UTF8.GetString(AnswerJson.Of(Named(name), run, Answered(name, Cancel), TimeSpan.Zero));
    }

    private static Experiment Named(string name) => Catalogue.All.Single(experiment => experiment.Name == name);

    private static Answer Answered(string name, CancellationToken cancellation)
    {
        var experiment = Named(name);
        try
        {
            return experiment.Run(new(1, false, null, cancellation));
        }
        catch (NoDataException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    private static void HoldsData(Panel panel)
    {
        Readable(panel.Title, "title");
        Readable(panel.X.Label, panel.Title);
        Readable(panel.Y.Label, panel.Title);
        Assert.Contains(panel.Marks, HoldsDatum);
        foreach (var text in (string[])[Svg.Of(panel), Terminal.Of(panel, 100, 22), VegaLite.Of(panel), Values.Of(panel)])
            Assert.NotEqual("", text);
    }

    private static bool HoldsDatum(Mark mark)
    {
        var numbers = Values.Columns(mark).Where(column => column.Words.IsEmpty).Select(column => column.Numbers).ToArray();
        return Enumerable.Range(0, numbers.Min(column => column.Length)).Any(row => numbers.All(column => double.IsFinite(column[row])));
    }

    private static void Readable(string text, string where)
    {
        Assert.False(string.IsNullOrWhiteSpace(text), where);
        AsciiAlike(text, where);
    }

    /// <summary>It loses nothing where only ASCII is shown.</summary>
    private static void AsciiAlike(string text, string where) =>
        Assert.True(AsciiText.Of(text).Count(c => c == AsciiText.Unknown) == text.Count(c => c == AsciiText.Unknown), $"{where}: {text}");
}
