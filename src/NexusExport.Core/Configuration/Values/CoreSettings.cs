using System.Globalization;

namespace NexusExport.Configuration.Values;

/// <summary>One setting outside the destinations; its definition's name is dotted (export.strategy).</summary>
internal sealed record CoreSetting(SettingDefinition Definition, long Minimum = long.MinValue, long Maximum = long.MaxValue)
{
    public string Name => Definition.Name;

    /// <summary>What the starter file shows for a setting without a default.</summary>
    public string? Example { get; init; }

    /// <summary>Whether the file that a path names must be there.</summary>
    public bool MustExist { get; init; }
}

/// <summary>The table of all settings outside the destinations: what is read, checked, shown and written to the starter file.</summary>
internal static class CoreSettings
{
    public const string DatabasePath = "database.path";
    public const string BusyTimeout = "database.busy_timeout_ms";
    public const string RecordsPath = "records.path";
    public const string RecordsUploaded = "records.uploaded";
    public const string RecordsSchema = "records.schema";
    public const string Strategy = "export.strategy";
    public const string ThrottleLimit = "export.throttle_limit";
    public const string MaxContentLength = "export.pipeline.max_content_length";
    public const string DefaultTimeout = "export.pipeline.default_timeout_ms";
    public const string MaxRetries = "export.pipeline.max_retries";
    public const string MaxWait = "export.pipeline.max_wait_ms";
    public const string PluginsPath = "plugins.path";
    public const string CertBundleFile = "tls.cert_bundle_file";
    public const string DisableVerify = "tls.disable_verify";

    /// <summary>Most calls of one destination that may be under way at once.</summary>
    public const int MostAtOnce = 256;

    /// <summary>The longest time-out: an hour.</summary>
    public const long MaxTimeout = 3_600_000;

    /// <summary>The longest wait for a limit: a day.</summary>
    public const long LongestWait = 86_400_000;

    /// <summary>The key that limits of types stand under.</summary>
    public const string RateLimits = "export.destinations.rate_limits";

    /// <summary>The key that the destinations stand under.</summary>
    public const string Destinations = "destinations";

    /// <summary>Groups of the specification's configuration reference (appendix B) that nothing reads in this version.</summary>
    public static IReadOnlyList<string> WithoutEffect { get; } = ["export.templates", "export.security"];

    public static IReadOnlyList<CoreSetting> All { get; } =
    [
        new(new(DatabasePath, SettingKind.Path, "SQLite file of the upload log and the jobs; a NexusLIMS database is used in place.")
            { Default = "nexus-export.db", Variable = "NX_DB_PATH" }),
        new(new(BusyTimeout, SettingKind.Integer, "How long to wait while another program writes to the database, in milliseconds.")
            { Default = Milliseconds(ExportDefaults.DatabaseBusyTimeout) }, 0, MaxTimeout),
        new(new(RecordsPath, SettingKind.Path, "Folder of the record files, for Get-Record without a path.")
            { Variable = "NX_RECORDS_PATH" }) { Example = "records" },
        new(new(RecordsUploaded, SettingKind.Path, "Folder that exported records move to; without it they stay where they are."))
            { Example = "records/uploaded" },
        new(new(RecordsSchema, SettingKind.Path, "XSD file that every record must satisfy."))
            { Example = "nexus-experiment.xsd", MustExist = true },
        new(new(Strategy, SettingKind.Text, "Which destinations must succeed: every one, the first that does by priority, or any.")
            { Default = "best_effort", Allowed = ExportStrategyName.All, Variable = "NX_EXPORT_STRATEGY" }),
        new(new(ThrottleLimit, SettingKind.Integer, "Calls of one destination at once; with 1, records go one after the other.")
            { Default = Text(ExportDefaults.ThrottleLimit) }, 1, MostAtOnce),
        new(new(MaxContentLength, SettingKind.Integer, "The longest record that is exported, in characters.")
            { Default = Text(ExportDefaults.MaxContentLength) }, 1, int.MaxValue),
        new(new(DefaultTimeout, SettingKind.Integer, "Time-out of one call, in milliseconds.")
            { Default = Milliseconds(ExportDefaults.Timeout) }, 1, MaxTimeout),
        new(new(MaxRetries, SettingKind.Integer, "Attempts at one destination, the first included.")
            { Default = Text(ExportDefaults.MaxAttempts) }, 1, 100),
        new(new(MaxWait, SettingKind.Integer, "Longest wait for a destination that asks for a pause or has reached its limit, in milliseconds.")
            { Default = Milliseconds(ExportDefaults.MaxWait) }, 0, LongestWait),
        new(new(PluginsPath, SettingKind.Path, "Folder of the lab's own destinations; without it, plugins beside this file.")
            { Variable = "NEXUSEXPORT_PLUGINS" }) { Example = "plugins" },
        new(new(CertBundleFile, SettingKind.Path, "PEM file of certificates to trust beyond the operating system's.")
            { Variable = "NX_CERT_BUNDLE_FILE" }) { Example = "ca.pem", MustExist = true },
        new(new(DisableVerify, SettingKind.Boolean, "Trust any certificate; every run warns of it.")
            { Default = "false", Variable = "NX_DISABLE_SSL_VERIFY" }),
    ];

    private static string Milliseconds(TimeSpan time) => Text((int)time.TotalMilliseconds);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
