using System.Globalization;
using System.Text.Json;
using NexusExport.Host.Reporting;
using Spectre.Console;

namespace NexusExport.Host.Tests.Reporting;

public sealed class ExportReporterTests : IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    [Fact]
    public void Plain_ASuccess_IsOneLineWithItsPlace()
    {
        new PlainExportReporter(_output).Result(Results.Of(ExportStatus.AlreadyExported));

        Assert.Equal("AlreadyExported  204 -> local  file:///archive/204.xml", _output.ToString().TrimEnd());
    }

    [Fact]
    public void Plain_AFailureWithALineBreak_IsOneLineWithItsCode()
    {
        new PlainExportReporter(_output).Result(Results.Of(ExportStatus.Failed));

        Assert.Equal("Failed           204 -> local  STORAGE_FULL: No space\\nleft.", _output.ToString().TrimEnd());
    }

    [Fact]
    public void Json_AResult_IsOneObjectInSnakeCase()
    {
        new JsonExportReporter(_output).Result(Results.Of(ExportStatus.Exported, "µ-1"));

        var line = _output.ToString();
        Assert.Equal(1, line.Count(character => character == '\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal("µ-1", json.RootElement.GetProperty("session_identifier").GetString());
        Assert.Equal("Exported", json.RootElement.GetProperty("status").GetString());
        Assert.True(json.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(0.0125, json.RootElement.GetProperty("duration").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("error_code").ValueKind);
    }

    [Fact]
    public void Terminal_MoreResultsThanRows_ShowsTheFailureAndSaysHowManyThereWere()
    {
        var reporter = Terminal();
        reporter.Result(Results.Of(ExportStatus.Failed, "bad-one"));
        for (var session = 0; session < 100; session++)
        {
            reporter.Result(Results.Of(ExportStatus.Exported));
        }

        reporter.Complete(new ExportTally());

        Assert.Contains("bad-one", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("20 of 101 results", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0 records: 0 exported", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Terminal_AValueWithMarkup_IsShownAsItStands()
    {
        var reporter = Terminal();
        reporter.Result(Results.Of(ExportStatus.Exported, "[red]x"));

        reporter.Complete(new ExportTally());

        Assert.Contains("[red]x", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_ProgressWanted_DrawsABarAndRunsTheExport()
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var reporter = new TerminalExportReporter(Console(_output), Console(error));

        await reporter.WhileAsync(() => 2, () =>
        {
            reporter.Finished(Results.Finished(success: true));
            return Task.CompletedTask;
        });

        Assert.Contains("Exporting records", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    public void Dispose() => _output.Dispose();

    private static IAnsiConsole Console(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
    });

    private TerminalExportReporter Terminal() => new(Console(_output), progress: null);
}
