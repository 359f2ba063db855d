using NexusExport.Publishing.Gates;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Tests.Publishing.Gates;

/// <summary>What gates are asked in their tests.</summary>
internal static class GateQuestions
{
    public static JobClaim There { get; } = new(JobClaimKind.AlreadyExported, "job", new() { RecordId = "there" });

    /// <summary>The session 31 at "share", of which nothing is known.</summary>
    public static PublishCase Ask(Func<RecordRoute, RecordRoute>? with = null, params IReadOnlyList<ExportResult> previous)
    {
        var document = SampleDocuments.From("<a/>");
        var route = new RecordRoute
        {
            Subject = ExportSubject.Of(document),
            Plan = new("batch", ExportStrategy.All, ["share"], ThrottleLimit: 1, Force: false),
            Destinations = ["share"],
            Document = document,
        };
        return new(
            with is null ? route : with(route),
            "share",
            previous.ToDictionary(result => result.DestinationName, StringComparer.OrdinalIgnoreCase));
    }

    public static ExportResult Result(string destinationName, ExportStatus status) => new()
    {
        SessionIdentifier = "31",
        DestinationName = destinationName,
        Status = status,
        ErrorCode = status == ExportStatus.Failed ? ExportErrorCode.ConnectionFailed : null,
        Recoverable = status == ExportStatus.Failed,
        Timestamp = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The destinations "cdcs" and "share".</summary>
    public static DestinationRegistry Registry(params IReadOnlyList<Dependency> dependencies) => Registry(dependencies, []);

    public static DestinationRegistry Registry(IReadOnlyList<Dependency> dependencies, IReadOnlyList<ExportFault> faults) => new(
        [
            new() { Name = "cdcs", Type = "scripted", Priority = 100 },
            new() { Name = "share", Type = "scripted", Priority = 50, DependsOn = [.. dependencies], Faults = [.. faults] },
        ],
        [new("scripted", 50, [], (settings, _) => new ScriptedDestination(settings.Name))],
        new(),
        new());
}
