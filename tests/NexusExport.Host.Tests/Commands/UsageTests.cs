namespace NexusExport.Host.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("export --strategy some", "'some' is none of all, first_success, best_effort")]
    [InlineData("export --throttle-limit 0", "'0' is no whole number from 1 to 256")]
    [InlineData("export --nonsense", "There is no option '--nonsense'")]
    [InlineData("test --jsn", "There is no option")]
    [InlineData("log --since yesterday", "'yesterday' is no date")]
    [InlineData("log --first many", "'many' is no whole number")]
    [InlineData("log --log-format xml", "'xml' is none of text, json")]
    [InlineData("", "Required command was not provided")]
    public async Task RunAsync_WrongUsage_SaysWhatAndReturnsTwo(string arguments, string message)
    {
        var output = await new HostRunner(_folder.Path).RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, output.ExitCode);
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
        Assert.Contains("--help", output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("export --help")]
    [InlineData("log --help")]
    [InlineData("test --help")]
    [InlineData("update-database --help")]
    [InlineData("config --help")]
    [InlineData("config new --help")]
    public async Task RunAsync_Help_PrintsItAndReturnsZero(string arguments)
    {
        var output = await new HostRunner(_folder.Path).RunAsync(arguments.Split(' '));

        Assert.Equal(0, output.ExitCode);
        Assert.Contains("Usage:", output.Out, StringComparison.Ordinal);
        Assert.Empty(output.Error);
    }

    public void Dispose() => _folder.Dispose();
}
