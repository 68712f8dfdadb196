using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public class ReportPageTests
{
    private const string Nasty = "<script>alert('1')</script> & \"quoted\" \u0007 \uD800 ]]>";

    private static readonly ReportSettings Settings = new(1, true, "/my data");

    [Fact]
    public async Task EveryEndingIsShown()
    {
        var page = await PageAsync(ReportCases.Ending);
        foreach (var experiment in ReportCases.Ending)
        {
            var article = page.Descendants("article").Single(element => Id(element) == experiment.Name);
            Assert.Equal(experiment.Question, article.Element("h3")!.Value);
            Assert.Contains(experiment.Source, article.Value, StringComparison.Ordinal);
            var link = page.Descendants("nav").Single().Descendants("a").Single(a => a.Attribute("href")!.Value == $"#{experiment.Name}");
            Assert.Equal(experiment.Question, link.Value);
            Assert.Equal(Badge(article), Badge(link.Parent!));
        }
        Assert.Contains(
            "Does not come out: the answer; expected 42, measured 41. It was rounded down.",
            Article(page, "with-reason").Value,
            StringComparison.Ordinal
        );
        Assert.Contains("expected 42, measured 41. No reason is known.", Article(page, "without-reason").Value, StringComparison.Ordinal);
        Assert.Contains("It failed. InvalidOperationException: it broke", Article(page, "throwing").Value, StringComparison.Ordinal);
        Assert.Contains("no data: name the folder", Article(page, "on-data").Value, StringComparison.Ordinal);
        Assert.Equal("✓ came out", Badge(Article(page, "passing")));
        Assert.Equal("≈ 1 of 2 came out", Badge(Article(page, "with-reason")));
        Assert.Equal("✗ 1 of 2 came out", Badge(Article(page, "without-reason")));
        Assert.Contains(
            "Of 5 experiments: 1 came out; 1 came out in part, with the reason stated; 2 failed, or came out in part without a known reason; 1 not run.",
            page.Descendants("nav").Single().Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ItIsGroupedBySource()
    {
        var page = await PageAsync(ReportCases.Ending.Add(ReportCases.Answering("own", "ours", new())));
        Assert.Equal(
            ["LeeDL", "Deep Learning from Scratch", "Math for Deep Learning", "From the literature", "The library's own"],
            page.Descendants("main")
                .Single()
                .Elements("section")
                .Select(section => section.Element("h2")!.Value.Split(" Tutorial")[0].Split(':')[0].Split(',')[0])
        );
        Assert.Equal(page.Descendants("nav").Single().Descendants("a").Count(), page.Descendants("article").Count());
    }

    [Fact]
    public async Task HeadingsIdsAndTablesAreInOrder()
    {
        var page = await PageAsync(ReportCases.Ending);
        var levels = page.Descendants()
            .Where(element => element.Name.LocalName is ['h', >= '1' and <= '6'])
            .Select(element => element.Name.LocalName[1] - '0')
            .ToArray();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        var ids = page.Descendants().Select(Id).OfType<string>().ToArray();
        Assert.Equal(ids.Distinct(), ids);
        string[] references =
        [
            .. page.Descendants().Attributes("aria-labelledby").Select(attribute => attribute.Value),
            .. page.Descendants().Attributes("href").Select(attribute => attribute.Value.TrimStart('#')),
        ];
        Assert.Equal([], references.Except(ids));
        Assert.All(page.Descendants("table"), table => Assert.Equal("caption", table.Elements().First().Name.LocalName));
        Assert.All(page.Descendants("th"), head => Assert.Contains(head.Attribute("scope")!.Value, (string[])["col", "row"]));
        Assert.Equal("en", page.Root!.Attribute("lang")!.Value);
        Assert.Single(page.Descendants("title"));
    }

    [Fact]
    public async Task ItNeedsNothingElse()
    {
        var page = await PageAsync(ReportCases.Ending);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.Empty(page.Descendants().Attributes("src"));
        Assert.All(page.Descendants().Attributes("href"), href => Assert.StartsWith("#", href.Value, StringComparison.Ordinal));
        var style = Assert.Single(page.Descendants(), element => element.Name.LocalName == "style").Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@media(prefers", style, StringComparison.Ordinal); // which would print dark figures
    }

    [Fact]
    public async Task FiguresStandWithTheirData()
    {
        var article = Article(await PageAsync([ReportCases.Passing]), "passing");
        var figures = article.Elements("figure").ToArray();
        Assert.Equal(MarkGallery.Figures.Select(figure => figure.Caption), figures.Select(figure => figure.Element("figcaption")!.Value));
        Assert.Equal(
            MarkGallery.Figures.Select(figure => figure.Panels.Length),
            figures.Select(figure => figure.Descendants().Count(element => element.Name.LocalName == "svg"))
        );
        var texts = article.Element("details")!.Elements("pre").Select(pre => pre.Value.ReplaceLineEndings("\n")).ToArray();
        var panels = MarkGallery.Figures.SelectMany(figure => figure.Panels).ToArray();
        Assert.Equal(panels.Select(panel => AutoDiff.Plots.Values.Of(panel).ReplaceLineEndings("\n")), texts.Where((_, i) => i % 2 == 0));
    }

    [Fact]
    public async Task EverythingIsEscaped()
    {
        var check = new Check(Nasty, Nasty, Nasty, false);
        var answer = new Answer
        {
            Checks = [check, check with { Reason = Nasty }],
            Listings =
            [
                new(
                    Nasty,
                    [Nasty],
                    [
                        [Nasty],
                    ]
                ),
            ],
            Figures = [new(Nasty, [new(Nasty, new(Nasty), new(Nasty), [new AutoDiff.Plots.Mark.Line([0, 1], [0, 1]) { Name = Nasty }])])],
        };
        var nasty = new Experiment("nasty", [Nasty], Nasty, Nasty, _ => answer);
        var failing = nasty with { Name = "failing", Run = _ => throw new InvalidOperationException(Nasty) };
        var refusing = nasty with { Name = "refusing", Run = _ => throw new AutoDiff.Examples.RefusedException(Nasty) };
        var page = await PageAsync([nasty, failing, refusing], ReportCases.Here with { Processor = Nasty }, Settings with { Data = Nasty });
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName == "script");
        Assert.True(
            page.DescendantNodes()
                .OfType<XText>()
                .Count(text => text.Value.Contains("<script>alert('1')</script> & \"quoted\" \uFFFD \uFFFD ]]>")) >= 10
        );
    }

    [Theory]
    [InlineData("/data", "/data")]
    [InlineData("/my data", "'/my data'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(x)", "'$(x)'")]
    public void TheCommandIsAsAShellTakesIt(string folder, string expected)
    {
        const string Run = "dotnet run -c Release --project examples -- valley";
        var settings = new ReportSettings(3, true, folder);
        Assert.Equal($"{Run} --whole --seed 3 --data {expected}", settings.Command("valley", usesData: true));
        Assert.Equal($"{Run} --whole --seed 3", settings.Command("valley", usesData: false));
        Assert.Equal($"{Run} --seed 3", (settings with { IsWhole = false, Data = null }).Command("valley", usesData: true));
    }

    [Fact]
    public async Task TheSameResultsAreTheSamePage() =>
        Assert.Equal(await TextAsync(ReportCases.Ending), await TextAsync(ReportCases.Ending));

    [Theory]
    [InlineData(0.123, "0.12 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7290, "2 h 1 min")]
    [InlineData(90_000, "25 h 0 min")]
    public void TimesAreInWords(double seconds, string expected) => Assert.Equal(expected, ReportFacts.Text(seconds));

    private static XElement Article(XDocument page, string name) => page.Descendants("article").Single(element => Id(element) == name);

    private static string Badge(XElement within) =>
        within.Descendants("span").First(span => span.Attribute("class")!.Value.StartsWith("badge", StringComparison.Ordinal)).Value;

    private static string? Id(XElement element) => element.Attribute("id")?.Value;

    /// <summary>Every element is closed, so an XML reader takes the page: no quote or angle is where it should not be.</summary>
    private static async Task<XDocument> PageAsync(
        ImmutableArray<Experiment> experiments,
        Surroundings? here = null,
        ReportSettings? settings = null
    )
    {
        using var text = new StringReader(await TextAsync(experiments, here, settings));
        using var reader = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    internal static async Task<string> TextAsync(
        ImmutableArray<Experiment> experiments,
        Surroundings? here = null,
        ReportSettings? settings = null
    )
    {
        var runner = new ReportRunner(settings ?? Settings with { Data = null }, here ?? ReportCases.Here, null, new ReportClock());
        var entries = await runner.RunAsync(experiments, null, null, TestContext.Current.CancellationToken);
        return ReportPage.Of(new(settings ?? Settings, here ?? ReportCases.Here, ReportCases.Noon, 12.5), entries);
    }
}
