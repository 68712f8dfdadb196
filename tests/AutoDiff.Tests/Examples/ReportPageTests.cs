using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public class ReportPageTests
{
    private const string Nasty = "<script>alert('1')</script> & \"quoted\" \u0007 \uD800 ]]>";

    private const string Folder = "report-figures";

    private static readonly ReportSettings Settings = new(1, true, "/my data");

    [Fact]
    public async Task EveryEndingIsShown()
    {
        var page = await PageAsync(ReportCases.Ending);
        var ends = (await EntriesAsync(ReportCases.Ending)).ToDictionary(entry => entry.Experiment.Name, entry => entry.Ending);
        foreach (var experiment in ReportCases.Ending)
        {
            var article = page.Descendants("article").Single(element => Id(element) == experiment.Name);
            Assert.Equal(experiment.Question, article.Element("h3")!.Value);
            Assert.Contains(experiment.Source, article.Value, StringComparison.Ordinal);
            var link = page.Descendants("nav").Single().Descendants("a").Single(a => a.Attribute("href")!.Value == $"#{experiment.Name}");
            Assert.Equal(experiment.Question, link.Value);
            Assert.Equal(Badge(article), Badge(link.Parent!));
            Assert.Equal(Verdict.Of(ends[experiment.Name]).Why, Why(link.Parent!));
        }
        Assert.Contains(
            "Does not come out: the answer; expected 42, measured 41. Reason: It was rounded down.",
            Article(page, "with-reason").Value,
            StringComparison.Ordinal
        );
        Assert.Contains("expected 42, measured 41. No reason is known.", Article(page, "without-reason").Value, StringComparison.Ordinal);
        Assert.Contains("It failed. InvalidOperationException: it broke", Article(page, "throwing").Value, StringComparison.Ordinal);
        Assert.Contains("no data: name the folder", Article(page, "on-data").Value, StringComparison.Ordinal);
        Assert.Equal("✓ came out", Badge(Article(page, "passing")));
        Assert.Equal("≈ 1 of 2 came out", Badge(Article(page, "with-reason")));
        Assert.Equal("✗ 1 of 2 came out", Badge(Article(page, "without-reason")));
        Assert.Equal("✗ failed", Badge(Article(page, "throwing")));
        Assert.Equal("– not run", Badge(Article(page, "on-data")));
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
        Assert.Equal([], references.Except(ids).Where(reference => !reference.StartsWith($"{Folder}/", StringComparison.Ordinal)));
        Assert.All(
            page.Descendants("table"),
            table => Assert.Equal(Id(table.Parent!.ElementsBeforeSelf().Last()), table.Attribute("aria-labelledby")!.Value)
        );
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
        Assert.All(page.Descendants().Attributes("href"), href => Assert.Matches($"^(#|{Folder}/[a-z0-9-]+\\.)", href.Value));
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
        var places = MarkGallery.Figures.SelectMany(
            (figure, i) => figure.Panels.Select((panel, j) => (panel.Title, Name: $"{Folder}/passing-{i + 1}-{j + 1}"))
        );
        Assert.Equal(
            places.Select(place => $"{place.Title}: data (CSV), Vega-Lite, picture (SVG)"),
            article.Element("details")!.Descendants("li").Select(item => item.Value)
        );
        Assert.Equal(
            places.SelectMany(place => (string[])[$"{place.Name}.csv", $"{place.Name}.vl.json", $"{place.Name}.svg"]),
            article.Element("details")!.Descendants("a").Select(link => link.Attribute("href")!.Value)
        );
    }

    [Fact]
    public async Task WithoutAFolderNothingIsLinked()
    {
        var page = await PageAsync([ReportCases.Passing], folder: null);
        Assert.Empty(page.Descendants("details"));
        Assert.NotEmpty(page.Descendants("figure"));
    }

    [Fact]
    public async Task LinksAreWrittenAsAddresses()
    {
        var page = await PageAsync([ReportCases.Passing], folder: "50% \"a#b?\"");
        Assert.StartsWith(
            "50%25%20%22a%23b%3F%22/passing-1-1.csv",
            page.Descendants("details").First().Descendants("a").First().Attribute("href")!.Value,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.2.3+36e53da", "1.2.3+36e53da")]
    [InlineData("1.2.3+36e53da0f1e2d3c4b5a69788796a5b4c3d2e1f00", "1.2.3+36e53da")]
    public async Task ACommitIsNamedByItsFirstDigits(string version, string shown)
    {
        var page = await PageAsync([ReportCases.Passing], ReportCases.Here with { Library = version });
        Assert.Equal($"AutoDiff {shown}", page.Descendants("dd").First().Value);
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(2, 3, 3)]
    [InlineData(2, 4, 2)]
    [InlineData(2, 5, 3)]
    [InlineData(2, 7, 2)] // one is alone either way
    [InlineData(3, 4, 2)]
    [InlineData(3, 5, 3)]
    [InlineData(1, 3, 1)]
    [InlineData(9, 6, 3)]
    public async Task NoPanelStandsAloneInTheLastRowWhereThatCanBe(int asked, int panels, int expected)
    {
        var panel = MarkGallery.Figures[0].Panels[0];
        var figure = new AutoDiff.Plots.Figure("caption", [.. Enumerable.Repeat(panel, panels)]) { Columns = asked };
        var page = await PageAsync([ReportCases.Answering("one", "1", new() { Figures = [figure] })]);
        Assert.Equal($"panels columns-{expected}", page.Descendants("figure").Single().Element("div")!.Attribute("class")!.Value);
    }

    [Theory]
    [InlineData(24, "box")]
    [InlineData(25, "box long")]
    public async Task LongTablesScrollAndAreWhole(int rows, string expected)
    {
        var listing = new Listing("squares", ["n"], [.. Enumerable.Range(0, rows).Select(n => ImmutableArray.Create($"{n}"))]);
        var page = await PageAsync([ReportCases.Answering("one", "1", new() { Listings = [listing] })]);
        Assert.Equal(rows, page.Descendants("tbody").Single().Elements("tr").Count());
        Assert.Equal(expected, page.Descendants("table").Single().Parent!.Attribute("class")!.Value);
    }

    [Fact]
    public async Task TheContentsNameTheFirstThatFails()
    {
        var failing = ReportCases.Answering(
            "failing",
            "1",
            new() { Checks = [ReportCases.Holding, ReportCases.Explained, ReportCases.Unexplained with { What = "another" }] }
        );
        var page = await PageAsync([failing]);
        Assert.Equal("not as stated: the answer, and 1 more", Why(page.Descendants("nav").Single()));
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

    private static string? Why(XElement within) =>
        within.Descendants("span").SingleOrDefault(span => span.Attribute("class")?.Value == "why")?.Value;

    private static string Badge(XElement within) =>
        within.Descendants("span").First(span => span.Attribute("class")!.Value.StartsWith("badge", StringComparison.Ordinal)).Value;

    private static string? Id(XElement element) => element.Attribute("id")?.Value;

    /// <summary>Every element is closed, so an XML reader takes the page: no quote or angle is where it should not be.</summary>
    private static async Task<XDocument> PageAsync(
        ImmutableArray<Experiment> experiments,
        Surroundings? here = null,
        ReportSettings? settings = null,
        string? folder = Folder
    )
    {
        using var text = new StringReader(await TextAsync(experiments, here, settings, folder));
        using var reader = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    internal static async Task<string> TextAsync(
        ImmutableArray<Experiment> experiments,
        Surroundings? here = null,
        ReportSettings? settings = null,
        string? folder = Folder
    ) =>
        ReportPage.Of(
            new(settings ?? Settings, here ?? ReportCases.Here, ReportCases.Noon, 12.5) { FigureFolder = folder },
            await EntriesAsync(experiments, settings)
        );

    private static Task<ImmutableArray<Entry>> EntriesAsync(ImmutableArray<Experiment> experiments, ReportSettings? settings = null) =>
        new ReportRunner(settings ?? Settings with { Data = null }, ReportCases.Here, null, new ReportClock()).RunAsync(
            experiments,
            null,
            null,
            TestContext.Current.CancellationToken
        );
}
