using System.Text.Json;
using AutoDiff.Tests.House;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace AutoDiff.Tests.Examples;

/// <summary>Debian's Chromium, without a window, and what it says of a page.</summary>
internal sealed class Browser : IDisposable
{
    private const string Program = "/usr/bin/chromium";
    private const string Driver = "/usr/bin/chromedriver";

    private static readonly string Probe = Repository.Read("tests", "AutoDiff.Tests", "Examples", "ReportProbe.js");

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("autodiff");
    private readonly ChromeDriver _driver;

    public Browser()
    {
        var options = new ChromeOptions { BinaryLocation = Program };
        options.AddArguments(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            $"--user-data-dir={_profile.FullName}"
        );
        options.SetLoggingPreference(LogType.Browser, OpenQA.Selenium.LogLevel.All);
        options.SetLoggingPreference("performance", OpenQA.Selenium.LogLevel.All);
        _driver = new(ChromeDriverService.CreateDefaultService(Driver), options, TimeSpan.FromMinutes(2));
    }

    /// <summary>Why there is none here; null where there is one.</summary>
    public static string? Absence =>
        new[] { Program, Driver }.FirstOrDefault(path => !File.Exists(path)) is { } path ? $"there is no {path}" : null;

    public void Dispose()
    {
        _driver.Quit();
        _driver.Dispose();
        _profile.Delete(recursive: true);
    }

    /// <summary>Opens a file in a window so wide, in a colour scheme, on a screen or on paper.</summary>
    public void Open(string path, int width, string scheme, string media)
    {
        Command(
            "Emulation.setDeviceMetricsOverride",
            new()
            {
                ["width"] = width,
                ["height"] = 900,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }
        );
        object[] features = [new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = scheme }];
        Command("Emulation.setEmulatedMedia", new() { ["media"] = media, ["features"] = features });
        Requests(); // those before
        _driver.Navigate().GoToUrl(new Uri(path));
    }

    /// <summary>What the probe's functions find wrong with the page.</summary>
    public IReadOnlyList<string> Problems(params string[] probes) =>
        [
            .. (
                (IEnumerable<object>)
                    _driver.ExecuteScript($"{Probe}\n{string.Concat(probes.Select(probe => $"{probe}();"))}\nreturn problems;")!
            ).Cast<string>(),
        ];

    /// <summary>What a script returns.</summary>
    public object? Run(string script) => _driver.ExecuteScript(script);

    /// <summary>What the console said.</summary>
    public IReadOnlyList<string> Console() => [.. _driver.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message)];

    /// <summary>What pages that are files asked for, here or of a network.</summary>
    /// <remarks>Since the page was opened, or since this was last asked.</remarks>
    public IReadOnlyList<string> Requests() =>
        [
            .. _driver
                .Manage()
                .Logs.GetLog("performance")
                .Select(entry => JsonDocument.Parse(entry.Message).RootElement.GetProperty("message"))
                .Where(message => message.GetProperty("method").GetString() == "Network.requestWillBeSent")
                .Select(message => message.GetProperty("params"))
                .Where(request => request.GetProperty("documentURL").GetString()!.StartsWith("file:", StringComparison.Ordinal)) // not the program's own
                .Select(request => request.GetProperty("request").GetProperty("url").GetString()!),
        ];

    private object? Command(string name, Dictionary<string, object?> arguments) => _driver.ExecuteCdpCommand(name, arguments);
}
