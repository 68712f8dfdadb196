namespace AutoDiff.Tests.Examples;

/// <summary>
/// Pages as a browser shows them: one of experiments that end in every way with every mark, and one that the environment variable
/// AUTODIFF_REPORT names.
/// </summary>
public sealed class ReportBrowserTests(ReportBrowserTests.Opened opened) : IClassFixture<ReportBrowserTests.Opened>
{
    public static TheoryData<int, string> Looks =>
        new()
        {
            { 380, "light" },
            { 380, "dark" },
            { 1400, "light" },
            { 1400, "dark" },
        };

    [Theory]
    [MemberData(nameof(Looks))]
    public void NothingIsCutOffOverlapsOrIsFaint(int width, string scheme) =>
        Look(width, scheme, "screen", browser => Assert.Equal([], browser.Problems("figures", "lettering", "layout", "contrast")));

    [Fact]
    public void ItSaysNothingAndAsksForNothing() =>
        Look(
            1400,
            "light",
            "screen",
            browser =>
            {
                Assert.Equal([], browser.Console());
                var requests = browser.Requests();
                Assert.Contains(requests, request => request.StartsWith("file:", StringComparison.Ordinal));
                Assert.All(requests, request => Assert.Matches("^(file|data):", request));
            }
        );

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void OnPaperItIsLightAndKeepsItsFigures(string scheme) =>
        Look(
            794, // A4 at 96 to the inch
            scheme,
            "print",
            browser =>
            {
                Assert.Equal([], browser.Problems("figures", "lettering", "contrast", "paper"));
                Assert.Equal(
                    browser.Run("return getComputedStyle(document.body).color"),
                    browser.Run("return getComputedStyle(document.querySelector('a[href]')).color")
                );
            }
        );

    [Fact]
    public void FoldedDataUnfoldWithinThePage() =>
        Look(
            380,
            "light",
            "screen",
            browser =>
            {
                browser.Run("document.querySelectorAll('details').forEach(one => one.open = true)");
                Assert.Equal([], browser.Problems("layout", "contrast"));
            }
        );

    /// <summary>The probe itself sees what is wrong.</summary>
    [Theory]
    [InlineData("document.querySelector('.plot text').setAttribute('x', 400)", "lettering", "leaves")]
    [InlineData("{ const t = document.querySelector('.plot text'); t.parentNode.append(t.cloneNode(true)); }", "lettering", "overlaps")]
    [InlineData("document.querySelector('.plot').style.display = 'none'", "figures", "pixels")]
    [InlineData("document.querySelectorAll('.plot g').forEach(g => g.remove())", "figures", "holds no mark")]
    [InlineData("document.querySelector('h1').style.whiteSpace = 'nowrap'", "layout", "the page is")]
    [InlineData("document.querySelector('h1').style.marginBottom = '-3rem'", "layout", "overlaps")]
    [InlineData("Object.assign(document.querySelector('h1').style, { height: '1rem', overflow: 'hidden' })", "layout", "is cut off")]
    [InlineData("document.querySelector('h1').style.opacity = 0.4", "contrast", "expected 3")]
    [InlineData("document.querySelector('.plot').style.setProperty('--plot-0', '#eee')", "contrast", "expected 3")]
    [InlineData("document.querySelector('.badge').style.color = '#999'", "contrast", "expected 4.5")]
    public void WhatIsWrongIsSeen(string harm, string probe, string expected) =>
        Look(
            380,
            "light",
            "screen",
            browser =>
            {
                browser.Run(harm);
                Assert.Contains(browser.Problems(probe), problem => problem.Contains(expected, StringComparison.Ordinal));
            },
            pages: 1
        );

    private void Look(int width, string scheme, string media, Action<Browser> look, int pages = int.MaxValue)
    {
        Assert.SkipWhen(Browser.Absence is not null, Browser.Absence ?? "");
        foreach (var page in opened.Pages.Take(pages))
        {
            opened.Browser.Open(page, width, scheme, media);
            look(opened.Browser);
        }
    }

    /// <summary>A browser, and the pages to open.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");
        private readonly Lazy<Browser> _browser = new(() => new());

        internal Browser Browser => _browser.Value;

        internal IReadOnlyList<string> Pages =>
            [
                System.IO.Path.Combine(_folder.FullName, "report.html"),
                .. Environment.GetEnvironmentVariable("AUTODIFF_REPORT") is { Length: > 0 } real
                    ? [System.IO.Path.GetFullPath(real)]
                    : Array.Empty<string>(),
            ];

        public async ValueTask InitializeAsync() =>
            await File.WriteAllTextAsync(
                Pages[0],
                await ReportPageTests.TextAsync(ReportCases.Ending),
                TestContext.Current.CancellationToken
            );

        public ValueTask DisposeAsync()
        {
            if (_browser.IsValueCreated)
                _browser.Value.Dispose();
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
