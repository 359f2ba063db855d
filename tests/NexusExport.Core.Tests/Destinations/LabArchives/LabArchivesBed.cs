using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>Destinations at a fake, and the records that are sent to it.</summary>
internal static class LabArchivesBed
{
    public const string Instrument = "FEI-Titan-TEM";
    public const string PageName = "2026-01-23 — https://nemo.example/api/usage_events/?id=204";

    public static DestinationSettings Settings(FakeLabArchives fake, TimeSpan? timeout = null, params (string Name, object Value)[] changes)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["url"] = fake.BaseUrl,
            ["access_key_id"] = fake.Options.AccessKeyId,
            ["access_password"] = new SecretText(fake.Options.AccessPassword),
            ["user_id"] = fake.Options.UserId,
            ["notebook_id"] = fake.Options.NotebookId,
        };
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }

        return new() { Name = "notebook", Type = "labarchives", Priority = 90, Timeout = timeout, Values = values };
    }

    public static LabArchivesDestination Create(FakeLabArchives fake, params (string Name, object Value)[] changes) =>
        new(Settings(fake, null, changes), new DestinationServices { Time = fake.Options.Time });

    /// <summary>A record of a session at an instrument, as NexusLIMS has them.</summary>
    public static ExportContext Context(string text = "Grüße", string fileName = "2026-01-23_FEI-Titan-TEM_204.xml") => new()
    {
        Document = TestExports.Document(Record, new(TestExports.Xml(text)), fileName),
    };

    private static LabRecord Record { get; } = new()
    {
        SessionIdentifier = "https://nemo.example/api/usage_events/?id=204",
        InstrumentPid = Instrument,
        From = new DateTimeOffset(2026, 1, 23, 9, 0, 0, TimeSpan.FromHours(-7)),
        To = new DateTimeOffset(2026, 1, 23, 17, 30, 0, TimeSpan.FromHours(-7)),
        User = "Ned <ned@example.edu>",
        Title = "Ag & \"Au\" particles",
    };

    /// <summary>The same record after CDCS has had it.</summary>
    public static ExportContext After(ExportContext context, string destination, bool success, string? url) => context with
    {
        PreviousResults = new Dictionary<string, ExportResult>(StringComparer.OrdinalIgnoreCase)
        {
            [destination] = new()
            {
                SessionIdentifier = context.Document.SessionIdentifier,
                DestinationName = destination,
                Status = success ? ExportStatus.Exported : ExportStatus.Failed,
                RecordId = "31",
                RecordUrl = url,
                Timestamp = default,
            },
        },
    };
}
