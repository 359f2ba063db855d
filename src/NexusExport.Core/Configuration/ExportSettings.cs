using NexusExport.Configuration.Values;
using NexusExport.Security;

namespace NexusExport.Configuration;

/// <summary>Everything configurable, with defaults filled in and paths absolute.</summary>
public sealed record ExportSettings
{
    /// <summary>Most calls of one destination that may be under way at once, wherever the number comes from.</summary>
    public const int MostAtOnce = CoreSettings.MostAtOnce;

    /// <summary>The YAML file that was read; null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>export.strategy, NX_EXPORT_STRATEGY.</summary>
    public ExportStrategy Strategy { get; init; } = ExportStrategy.BestEffort;

    /// <summary>export.throttle_limit: calls of one destination at once. More records than that are in hand meanwhile; with 1, one.</summary>
    public int ThrottleLimit { get; init; } = ExportDefaults.ThrottleLimit;

    /// <summary>export.pipeline.max_content_length: characters.</summary>
    public int MaxContentLength { get; init; } = ExportDefaults.MaxContentLength;

    /// <summary>export.pipeline.default_timeout_ms: time-out of one call.</summary>
    public TimeSpan DefaultTimeout { get; init; } = ExportDefaults.Timeout;

    /// <summary>export.pipeline.max_retries: attempts at one destination, the first included (specification section 6.5 counts so).</summary>
    public int MaxAttempts { get; init; } = ExportDefaults.MaxAttempts;

    /// <summary>export.pipeline.max_wait_ms: longest wait for a destination that asks for a pause or has reached its limit.</summary>
    public TimeSpan MaxWait { get; init; } = ExportDefaults.MaxWait;

    /// <summary>database.path, NX_DB_PATH.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>database.busy_timeout_ms: how long to wait for another writer.</summary>
    public TimeSpan DatabaseBusyTimeout { get; init; } = ExportDefaults.DatabaseBusyTimeout;

    /// <summary>records.path, NX_RECORDS_PATH or NX_DATA_PATH/records; null where none is configured.</summary>
    public string? RecordsPath { get; init; }

    /// <summary>records.uploaded: where succeeded records of <see cref="RecordsPath"/> move to; null for not moving.</summary>
    public string? UploadedPath { get; init; }

    /// <summary>
    /// Whether <see cref="UploadedPath"/> was not configured but is NexusLIMS's own {records}/uploaded, taken because NX_RECORDS_PATH,
    /// NX_DATA_PATH or NX_DB_PATH shows a NexusLIMS installation. Whoever moves files may first ask for its database.
    /// </summary>
    public bool UploadedIsDefault { get; init; }

    /// <summary>records.schema: XSD file that records must satisfy; null for none.</summary>
    public string? SchemaPath { get; init; }

    public TlsSettings Tls { get; init; } = new();

    /// <summary>All configured destinations, enabled or not.</summary>
    public IReadOnlyList<DestinationSettings> Destinations { get; init; } = [];

    /// <summary>
    /// The folder that records are archived in because nothing is configured: there is no file, no destination among the variables, none
    /// registered. It is no destination any more as soon as there is another one. Null where something is configured.
    /// </summary>
    public string? ImplicitArchive { get; init; }

    /// <summary>Every effective value with where it came from, for Get-ExportConfiguration. Secrets are ***.</summary>
    public IReadOnlyList<ExportSetting> Values { get; init; } = [];

    /// <summary>What the user should know (no configuration found, a setting without effect, TLS verification off).</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the user may like to know (which defaults were taken).</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>A redactor of every secret in the settings, the passwords in their URLs included.</summary>
    internal SecretRedactor CreateRedactor()
    {
        var values = Destinations.SelectMany(destination => destination.Values.Values).ToList();
        var passwords = values.OfType<string>()
            .SelectMany(UrlCredentials.Passwords)
            .SelectMany(password => (string[])[password, Uri.UnescapeDataString(password)]);
        return new SecretRedactor(values.OfType<SecretText>().Concat(passwords.Select(password => new SecretText(password))));
    }
}
