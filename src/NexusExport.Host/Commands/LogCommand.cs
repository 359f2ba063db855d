using System.CommandLine;
using System.Globalization;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;
using NexusExport.Store;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export log: what went where, newest first.</summary>
internal sealed class LogCommand : EngineCommand
{
    private static readonly ListingColumn<UploadLogEntry>[] Columns =
    [
        new("Time", 25, entry => entry.Timestamp.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
        new("Success", 7, entry => entry.Success ? "yes" : "no"),
        new("Session", 20, entry => entry.SessionIdentifier),
        new("Destination", 12, entry => entry.DestinationName),
        new("Where or why", 20, entry => entry.Success ? entry.RecordUrl ?? entry.RecordId : entry.ErrorMessage),
    ];

    private readonly Option<string[]> _session = Names("--session", "SESSION", "Only these sessions; may be given several times, wildcards allowed.");
    private readonly Option<string[]> _destination = Names("--destination", "NAME", "Only these destinations; may be given several times, wildcards allowed.");
    private readonly Option<bool> _failed = new("--failed") { Description = "Only failures." };
    private readonly Option<bool> _stillFailing = new("--still-failing") { Description = "Only the last attempt of each record at each destination, if it failed." };
    private readonly Option<DateTimeOffset?> _since = Moment("--since", "Only rows of this moment or later, for example 2026-01-23 or 2026-01-23T14:30.");
    private readonly Option<DateTimeOffset?> _before = Moment("--before", "Only rows before this moment.");

    private readonly Option<int?> _first = new("--first")
    {
        Description = "At most N rows.",
        HelpName = "N",
        CustomParser = result => OptionValues.Count(result, int.MaxValue),
    };

    private readonly Option<bool> _json = CommonOptions.Json("row");

    public LogCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("log", "Show what went where, newest first.", context, common, stop)
    {
        Add(_session);
        Add(_destination);
        Add(_failed);
        Add(_stillFailing);
        Add(_since);
        Add(_before);
        Add(_first);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var parsed = run.Parsed;
        var query = new UploadLogQuery
        {
            SessionIdentifier = parsed.GetValue(_session) ?? [],
            DestinationName = parsed.GetValue(_destination) ?? [],
            Failed = parsed.GetValue(_failed),
            StillFailing = parsed.GetValue(_stillFailing),
            Since = parsed.GetValue(_since),
            Before = parsed.GetValue(_before),
            First = parsed.GetValue(_first),
        };
        var listing = Listing.For(run.Context, parsed.GetValue(_json), Columns);
        await foreach (var entry in run.Engine.Log.ReadAsync(query, cancellationToken))
        {
            listing.Write(entry);
            if (run.Context.Lost.Reason is not null)
            {
                // Nobody reads the rest: "| head" has gone.
                break;
            }
        }

        return ExitCode.Success;
    }

    private static Option<string[]> Names(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<DateTimeOffset?> Moment(string name, string description) =>
        new(name) { Description = description, HelpName = "TIME", CustomParser = OptionValues.Moment };
}
