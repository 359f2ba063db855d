using System.Collections.Frozen;

namespace NexusExport;

/// <summary>How a caller should classify an error; the cmdlets map it to an ErrorCategory, the host to an exit code.</summary>
public enum ExportErrorKind
{
    /// <summary>The content is at fault.</summary>
    InvalidData,

    /// <summary>What was named is not there.</summary>
    NotFound,

    /// <summary>The far side does not answer, or not as it should.</summary>
    Connection,

    /// <summary>Who asks is not known there.</summary>
    Authentication,

    /// <summary>Who asks may not do this.</summary>
    Permission,

    /// <summary>Too much, or too often.</summary>
    Limit,

    /// <summary>A setting is at fault.</summary>
    Configuration,

    /// <summary>A disk, a file or the database is at fault.</summary>
    Resource,

    /// <summary>It cannot be done as things stand now.</summary>
    State,

    /// <summary>A defect.</summary>
    Unexpected,
}

/// <summary>One line of the frozen table.</summary>
/// <param name="Code">The code.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Recoverable">Whether trying again later can help.</param>
/// <param name="RecommendedAction">What to do, in the imperative.</param>
public sealed record ExportErrorEntry(string Code, ExportErrorKind Kind, bool Recoverable, string RecommendedAction)
{
    /// <summary>The stable error id at the prompt: the code in PascalCase (CONNECTION_FAILED is ConnectionFailed).</summary>
    public string ErrorId { get; } = string.Concat(Code.Split('_').Select(word => word[..1] + word[1..].ToLowerInvariant()));
}

/// <summary>The frozen table of error codes; about_NexusExport_Errors documents the same lines, and a test compares the two.</summary>
public static class ExportErrorCatalog
{
    private static readonly FrozenDictionary<string, ExportErrorEntry> Table = All().ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);

    /// <summary>Every known code.</summary>
    public static IEnumerable<ExportErrorEntry> Entries => Table.Values.OrderBy(entry => entry.Code, StringComparer.Ordinal);

    /// <summary>The line for <paramref name="code"/>; a plugin's own code gets the line of UNEXPECTED_FAILURE under its name.</summary>
    public static ExportErrorEntry For(string code) =>
        Table.TryGetValue(code, out var entry)
            ? entry
            : Table[ExportErrorCode.UnexpectedFailure] with { };

    // Long: a table, one line a code.
    private static IEnumerable<ExportErrorEntry> All() =>
    [
        new(ExportErrorCode.EmptySelection, ExportErrorKind.InvalidData, false, "Select at least one record and run the command again."),
        new(ExportErrorCode.TemplateNotFound, ExportErrorKind.NotFound, false, "Choose a template that exists."),
        new(ExportErrorCode.EmptyContent, ExportErrorKind.InvalidData, false, "The file is empty: rebuild the record, then export it again."),
        new(ExportErrorCode.SchemaInvalid, ExportErrorKind.InvalidData, false,
            "Correct the record at the line and column named, or point records.schema at the schema it was written for."),
        new(ExportErrorCode.BinBlocked, ExportErrorKind.State, false, "Have the change reviewed, or change the policy that blocks it."),
        new(ExportErrorCode.ConnectionFailed, ExportErrorKind.Connection, true,
            "Check that the server runs and that this machine reaches it (Test-ExportDestination), then run the export again: only what is missing is sent."),
        new(ExportErrorCode.AuthExpired, ExportErrorKind.Authentication, false,
            "Renew the token or key of this destination, then check it with Test-ExportDestination."),
        new(ExportErrorCode.RateLimited, ExportErrorKind.Limit, true, "Wait a few minutes and run the export again, or lower -ThrottleLimit."),
        new(ExportErrorCode.PermissionDenied, ExportErrorKind.Permission, false, "Ask the owner of the location for write access, or choose another one."),

        new(ExportErrorCode.NotARecord, ExportErrorKind.InvalidData, false, "Remove the file from the records folder, or name only record files."),
        new(ExportErrorCode.RecordNotFound, ExportErrorKind.NotFound, false,
            "Check the path; the file may have been moved to the uploaded folder by another run."),
        new(ExportErrorCode.RecordUnreadable, ExportErrorKind.Resource, true, "Check the file's permissions and that no other program holds it open."),
        new(ExportErrorCode.NotWellFormed, ExportErrorKind.InvalidData, false, "Rebuild the record, or correct the XML at the line and column named."),
        new(ExportErrorCode.WrongNamespace, ExportErrorKind.InvalidData, false,
            "Export only NexusLIMS records (root element Experiment in the namespace https://data.nist.gov/od/dm/nexus/experiment/v1.0)."),
        new(ExportErrorCode.ContentTooLarge, ExportErrorKind.Limit, false,
            "Raise export.pipeline.max_content_length if the destinations accept larger records."),
        new(ExportErrorCode.MoveFailed, ExportErrorKind.Resource, true, "The record is exported; free the file or the folder, and the next run moves it."),

        new(ExportErrorCode.Timeout, ExportErrorKind.Connection, true,
            "The server did not answer in time: run the export again later, or raise the destination's timeout_ms."),
        new(ExportErrorCode.ServerUnavailable, ExportErrorKind.Connection, true, "The server is overloaded or under maintenance: run the export again later."),
        new(ExportErrorCode.DestinationUnavailable, ExportErrorKind.Connection, true,
            "The destination failed repeatedly in this run and is left alone for now: bring it back, then run the export again."),
        new(ExportErrorCode.RequestRejected, ExportErrorKind.InvalidData, false,
            "The server refused this record for the reason given; correct the record or the destination's settings."),
        new(ExportErrorCode.ServerError, ExportErrorKind.InvalidData, false,
            "The server failed on this record for the reason given; show the message to the server's administrator."),
        new(ExportErrorCode.UnexpectedResponse, ExportErrorKind.Connection, false,
            "Check that the destination's url is the address of the service itself, not of a login page or a proxy."),
        new(ExportErrorCode.Redirected, ExportErrorKind.Configuration, false, "Set the destination's url to the address that the server redirects to."),
        new(ExportErrorCode.TlsFailed, ExportErrorKind.Connection, false,
            "Check that the server speaks TLS at that port (https rather than http). If it uses your own certificate authority, name its certificate in "
            + "NX_CERT_BUNDLE_FILE."),
        new(ExportErrorCode.ResourceNotFound, ExportErrorKind.NotFound, false,
            "Check the names in the destination's settings (template, workspace, folder) against the server."),
        new(ExportErrorCode.IntegrityMismatch, ExportErrorKind.InvalidData, true,
            "What arrived is not what was sent: run the export again, and look for a proxy that changes content."),
        new(ExportErrorCode.StorageFull, ExportErrorKind.Resource, false, "Free space at the destination, then run the export again."),
        new(ExportErrorCode.StorageFailed, ExportErrorKind.Resource, true, "Check the disk or the mounted share, then run the export again."),
        new(ExportErrorCode.NotSupported, ExportErrorKind.State, false, "This destination cannot do that; do it by hand at the destination."),
        new(ExportErrorCode.InProgress, ExportErrorKind.State, true,
            "Another process is exporting this record to this destination; run the export again when it has ended."),
        new(ExportErrorCode.Cancelled, ExportErrorKind.State, true, "Run the export again: only what is missing is sent."),

        new(ExportErrorCode.NoDestination, ExportErrorKind.Configuration, false,
            "Enable at least one destination in nexus-export.yaml, or name one with -DestinationName."),
        new(ExportErrorCode.DestinationNotFound, ExportErrorKind.NotFound, false, "Use a name that Get-ExportDestination lists."),
        new(ExportErrorCode.DestinationExists, ExportErrorKind.State, false,
            "Choose another name, or change the registered destination with Set-ExportDestination."),
        new(ExportErrorCode.DependencyFailed, ExportErrorKind.State, true,
            "See why the destination it depends on failed; run the export again once that is put right: only what is missing is sent."),
        new(ExportErrorCode.PluginFailed, ExportErrorKind.Resource, false, "Correct the plugin or ask its author, or take it out of the plugin folder."),
        new(ExportErrorCode.StrategyFailed, ExportErrorKind.State, true,
            "See the failed results of this record; run the export again once their causes are gone: only what is missing is sent."),

        new(ExportErrorCode.ConfigurationInvalid, ExportErrorKind.Configuration, false,
            "Correct the setting named; New-ExportConfiguration writes a commented example."),
        new(ExportErrorCode.ConfigurationNotFound, ExportErrorKind.NotFound, false, "Check the path given by -ConfigPath, --config or NEXUSEXPORT_CONFIG."),
        new(ExportErrorCode.ConfigurationExists, ExportErrorKind.State, false, "Choose another path, or use -Force to replace the file."),
        new(ExportErrorCode.SecretUnavailable, ExportErrorKind.Configuration, false, "Set the variable, file or vault entry that the setting refers to."),

        new(ExportErrorCode.DatabaseBusy, ExportErrorKind.Resource, true,
            "Another program is writing to the database; wait for it to end and run the command again."),
        new(ExportErrorCode.DatabaseUnusable, ExportErrorKind.Resource, false,
            "Check database.path: it must be a SQLite file on a local disk that this user may write."),
        new(ExportErrorCode.DatabaseUpgradeRequired, ExportErrorKind.State, false,
            "Run Update-ExportDatabase (it makes a backup copy first); -WhatIf shows its steps."),

        new(ExportErrorCode.UnexpectedFailure, ExportErrorKind.Unexpected, false,
            "Run the command again after $DebugPreference = 'Continue' (nexus-export: with --verbose) and report what it prints."),
    ];
}
