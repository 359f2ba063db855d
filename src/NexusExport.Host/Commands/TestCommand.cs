using System.CommandLine;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export test: tries destinations' connections and credentials.</summary>
internal sealed class TestCommand : EngineCommand
{
    private static readonly ListingColumn<DestinationTestResult>[] Columns =
    [
        new("Destination", 12, result => result.DestinationName),
        new("Type", 8, result => result.Type),
        new("Success", 7, result => result.Success ? "yes" : "no"),
        new("Latency", 8, result => ResultText.Duration(result.Latency)),
        new("Message", 20, result => result.Success ? result.Message : $"{result.ErrorCode}: {result.Message} {result.RecommendedAction}"),
    ];

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Destinations to test (default: every enabled one).",
        Arity = ArgumentArity.ZeroOrMore,
        Validators = { OptionValues.RefuseOptions },
    };

    private readonly Option<bool> _json = CommonOptions.Json("destination");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print nothing; the exit code tells." };

    public TestCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("test", "Test destinations without leaving anything behind.", context, common, stop)
    {
        Add(_names);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var names = Names(run);
        var quiet = run.Parsed.GetValue(_quiet);
        var listing = Listing.For(run.Context, run.Parsed.GetValue(_json), Columns);

        // All at once, told in order: a dead server's time-out is waited for once, not once for each.
        var results = await Task.WhenAll(names.Select(name => run.Engine.Destinations.TestAsync(name, cancellationToken)));
        foreach (var result in results.Where(_ => !quiet))
        {
            listing.Write(result);
        }

        return results.All(result => result.Success) ? ExitCode.Success : ExitCode.Failed;
    }

    private string[] Names(CommandRun run)
    {
        var named = run.Parsed.GetValue(_names) ?? [];
        if (named.FirstOrDefault(name => !run.Engine.Destinations.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new ExportException(
                ExportErrorCode.DestinationNotFound,
                $"There is no destination '{unknown}'. There are: {string.Join(", ", run.Engine.Destinations.Names)}.");
        }

        var names = named.Length > 0
            ? named
            : [.. run.Engine.Destinations.Describe().Where(destination => destination.Enabled).Select(destination => destination.DestinationName)];
        return names.Length > 0 ? names : throw new ExportException(ExportErrorCode.NoDestination, "No destination is enabled.");
    }
}
