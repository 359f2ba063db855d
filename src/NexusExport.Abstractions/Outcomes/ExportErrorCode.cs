namespace NexusExport;

/// <summary>
/// The codes that <see cref="ExportResult.ErrorCode"/> and every fault carry. Frozen: a code is never renamed. A plugin may have codes of its own,
/// upper case with underscores; they count as <see cref="UnexpectedFailure"/>. <see cref="ExportErrorCatalog"/> says what follows from a code.
/// The first group is the table of the Export Pipeline specification, section 6.2; the rest is what real systems need.
/// </summary>
public static class ExportErrorCode
{
    /// <summary>Nothing was selected to export.</summary>
    public const string EmptySelection = "EMPTY_SELECTION";

    /// <summary>There is no template of that name.</summary>
    public const string TemplateNotFound = "TEMPLATE_NOT_FOUND";

    /// <summary>There is nothing in the content but blanks.</summary>
    public const string EmptyContent = "EMPTY_CONTENT";

    /// <summary>The content does not satisfy the schema.</summary>
    public const string SchemaInvalid = "SCHEMA_INVALID";

    /// <summary>A policy blocks the change until it was reviewed.</summary>
    public const string BinBlocked = "BIN_BLOCKED";

    /// <summary>The far side cannot be reached, or the connection broke. May be tried again.</summary>
    public const string ConnectionFailed = "CONNECTION_FAILED";

    /// <summary>The credentials are wrong or no longer valid. Concerns every record.</summary>
    public const string AuthExpired = "AUTH_EXPIRED";

    /// <summary>The far side asks to wait; with RetryAfter, until then. May be tried again.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The credentials are good and do not allow this.</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>The file is not a record.</summary>
    public const string NotARecord = "NOT_A_RECORD";

    /// <summary>The record has neither a file nor content.</summary>
    public const string RecordNotFound = "RECORD_NOT_FOUND";

    /// <summary>The record's file cannot be read now. May be tried again.</summary>
    public const string RecordUnreadable = "RECORD_UNREADABLE";

    /// <summary>The content is not well-formed XML, or not text of its encoding.</summary>
    public const string NotWellFormed = "NOT_WELL_FORMED";

    /// <summary>The root element is not that of a record.</summary>
    public const string WrongNamespace = "WRONG_NAMESPACE";

    /// <summary>The content is larger than the limit, of the program or of the far side.</summary>
    public const string ContentTooLarge = "CONTENT_TOO_LARGE";

    /// <summary>The record is exported, and its file could not be moved. May be tried again.</summary>
    public const string MoveFailed = "MOVE_FAILED";

    /// <summary>The far side did not answer in time. May be tried again; a write may have been done.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The server, or what stands before it, is overloaded or under maintenance. May be tried again.</summary>
    public const string ServerUnavailable = "SERVER_UNAVAILABLE";

    /// <summary>The destination failed for several records in a row and is left alone in this run. Set by the program.</summary>
    public const string DestinationUnavailable = "DESTINATION_UNAVAILABLE";

    /// <summary>The far side refuses this content or these settings.</summary>
    public const string RequestRejected = "REQUEST_REJECTED";

    /// <summary>The far side failed on this content.</summary>
    public const string ServerError = "SERVER_ERROR";

    /// <summary>The answer is not one that the service gives: a login page, a proxy.</summary>
    public const string UnexpectedResponse = "UNEXPECTED_RESPONSE";

    /// <summary>The address leads elsewhere; credentials are not sent there.</summary>
    public const string Redirected = "REDIRECTED";

    /// <summary>No trusted encrypted connection can be made. Concerns every record.</summary>
    public const string TlsFailed = "TLS_FAILED";

    /// <summary>What a setting names (a folder, a table, a template) is not at the far side.</summary>
    public const string ResourceNotFound = "RESOURCE_NOT_FOUND";

    /// <summary>What arrived is not what was sent. May be tried again.</summary>
    public const string IntegrityMismatch = "INTEGRITY_MISMATCH";

    /// <summary>There is no space left at the destination.</summary>
    public const string StorageFull = "STORAGE_FULL";

    /// <summary>The disk or share failed. May be tried again.</summary>
    public const string StorageFailed = "STORAGE_FAILED";

    /// <summary>The destination cannot do what was asked.</summary>
    public const string NotSupported = "NOT_SUPPORTED";

    /// <summary>Another process is exporting the same content there. May be tried again.</summary>
    public const string InProgress = "IN_PROGRESS";

    /// <summary>The run was stopped. May be tried again.</summary>
    public const string Cancelled = "CANCELLED";

    /// <summary>No destination is enabled or named.</summary>
    public const string NoDestination = "NO_DESTINATION";

    /// <summary>No destination has that name.</summary>
    public const string DestinationNotFound = "DESTINATION_NOT_FOUND";

    /// <summary>A destination of that name is there already.</summary>
    public const string DestinationExists = "DESTINATION_EXISTS";

    /// <summary>A destination that this one depends on does not have the record. May be tried again.</summary>
    public const string DependencyFailed = "DEPENDENCY_FAILED";

    /// <summary>A plugin cannot be loaded, or did what it must not.</summary>
    public const string PluginFailed = "PLUGIN_FAILED";

    /// <summary>The record did not reach as many destinations as the strategy asks for. May be tried again.</summary>
    public const string StrategyFailed = "STRATEGY_FAILED";

    /// <summary>A setting is missing or wrong.</summary>
    public const string ConfigurationInvalid = "CONFIGURATION_INVALID";

    /// <summary>The configuration file that was named is not there.</summary>
    public const string ConfigurationNotFound = "CONFIGURATION_NOT_FOUND";

    /// <summary>A configuration file is there already.</summary>
    public const string ConfigurationExists = "CONFIGURATION_EXISTS";

    /// <summary>The variable, file or vault entry that a secret is read from is not there.</summary>
    public const string SecretUnavailable = "SECRET_UNAVAILABLE";

    /// <summary>Another program is writing to the database. May be tried again.</summary>
    public const string DatabaseBusy = "DATABASE_BUSY";

    /// <summary>The database cannot be opened, or is none.</summary>
    public const string DatabaseUnusable = "DATABASE_UNUSABLE";

    /// <summary>The database is of an earlier version.</summary>
    public const string DatabaseUpgradeRequired = "DATABASE_UPGRADE_REQUIRED";

    /// <summary>None of the above: a defect, in most cases.</summary>
    public const string UnexpectedFailure = "UNEXPECTED_FAILURE";
}
