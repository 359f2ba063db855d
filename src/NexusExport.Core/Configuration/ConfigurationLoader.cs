using NexusExport.Configuration.Checks;
using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration;

/// <summary>
/// Makes <see cref="ExportSettings"/> of what was written, in steps that are values: <see cref="ConfigurationSources"/>,
/// <see cref="DestinationDrafts"/>, <see cref="CheckedDestinations"/>, settings. Order of values: environment, .env, YAML, default;
/// callers put their parameters on top. Opens no database and makes no call.
/// </summary>
internal static class ConfigurationLoader
{
    private const string LogVariable = "NX_LOG_PATH";

    /// <summary>
    /// The settings that <paramref name="sources"/> say. Throws CONFIGURATION_INVALID with every error on a line of its own, file:line:column first.
    /// What only one destination lacks is in its <see cref="DestinationSettings.Faults"/>.
    /// </summary>
    public static ExportSettings Load(ConfigurationSources sources)
    {
        var drafts = DestinationDrafts.Gather(sources);
        var destinations = CheckedDestinations.Check(drafts);
        return Settings(destinations);
    }

    private static ExportSettings Settings(CheckedDestinations destinations)
    {
        var sources = destinations.Drafts.Sources;
        var values = sources.Values;
        var archive = Archive(destinations);
        var findings = destinations.Findings.Copy();
        TellWarnings(destinations, findings);
        TellNotices(destinations, archive, findings);
        return new ExportSettings
        {
            ConfigFile = sources.File,
            Strategy = ExportStrategyName.TryParse(values.Text(CoreSettings.Strategy), out var strategy) ? strategy : ExportStrategy.BestEffort,
            ThrottleLimit = (int)values.Number(CoreSettings.ThrottleLimit),
            MaxContentLength = (int)values.Number(CoreSettings.MaxContentLength),
            DefaultTimeout = values.Milliseconds(CoreSettings.DefaultTimeout),
            MaxAttempts = (int)values.Number(CoreSettings.MaxRetries),
            MaxWait = values.Milliseconds(CoreSettings.MaxWait),
            DatabasePath = sources.DatabasePath!,
            DatabaseBusyTimeout = values.Milliseconds(CoreSettings.BusyTimeout),
            RecordsPath = values.Text(CoreSettings.RecordsPath),
            UploadedPath = values.Text(CoreSettings.RecordsUploaded),
            UploadedIsDefault = sources.UploadedIsDefault,
            SchemaPath = values.Text(CoreSettings.RecordsSchema),
            Tls = new TlsSettings
            {
                CertBundle = sources.CertBundle?.Text,
                CertBundleFile = values.Text(CoreSettings.CertBundleFile),
                DisableVerification = values.Flag(CoreSettings.DisableVerify),
            },
            Destinations = destinations.All,
            ImplicitArchive = archive,
            Values = findings.Values,
            Warnings = findings.Warnings,
            Notices = findings.Notices,
        };
    }

    // Where nothing is configured the first destination is the local archive.
    private static string? Archive(CheckedDestinations destinations) =>
        destinations.Drafts is { IsUnconfigured: true, All: [var draft, ..] }
            && draft.Type.Settings.FirstOrDefault(setting => setting.KeepsRecords) is { } folder
            ? destinations.All[0].Text(folder)
            : null;

    private static void TellWarnings(CheckedDestinations destinations, ConfigurationFindings findings)
    {
        var values = destinations.Drafts.Sources.Values;
        if (values.Flag(CoreSettings.DisableVerify))
        {
            var source = values.OriginOf(CoreSettings.DisableVerify).Source;
            findings.Warnings.Add(
                $"TLS certificates are not verified ({source}): anybody on the network can read and change what is sent.");
        }

        findings.Warnings.AddRange(destinations.All.Select(PlainTransport.WarningFor).OfType<string>());
    }

    private static void TellNotices(CheckedDestinations destinations, string? archive, ConfigurationFindings findings)
    {
        var sources = destinations.Drafts.Sources;
        if (destinations.Drafts.IsUnconfigured)
        {
            findings.Notices.Add(
                $"No configuration found: records are archived in {archive} and logged in {sources.DatabasePath}. "
                + "New-ExportConfiguration writes a configuration file; -ConfigPath (--config) names one.");
        }
        else if (sources.File is null && sources.Values.OriginOf(CoreSettings.DatabasePath).Place is "default")
        {
            findings.Notices.Add($"{CoreSettings.DatabasePath} is not set: the log is kept in {sources.DatabasePath}.");
        }

        if (sources.Variables.Find(LogVariable) is { } log)
        {
            findings.Notices.Add($"{log.Origin.Source} is not used: NexusExport keeps its log in the database (nexus-export log, Get-UploadLog) and writes no log files.");
        }
    }
}
