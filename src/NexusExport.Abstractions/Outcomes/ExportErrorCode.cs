namespace NexusExport;

/// <summary>
/// The codes that <see cref="ExportResult.ErrorCode"/> and every fault carry. Frozen: a code is never renamed.
/// The first group is the table of the Export Pipeline specification, section 6.2; the rest is what real systems need.
/// </summary>
public static class ExportErrorCode
{
    public const string EmptySelection = "EMPTY_SELECTION";
    public const string TemplateNotFound = "TEMPLATE_NOT_FOUND";
    public const string EmptyContent = "EMPTY_CONTENT";
    public const string SchemaInvalid = "SCHEMA_INVALID";
    public const string BinBlocked = "BIN_BLOCKED";
    public const string ConnectionFailed = "CONNECTION_FAILED";
    public const string AuthExpired = "AUTH_EXPIRED";
    public const string RateLimited = "RATE_LIMITED";
    public const string PermissionDenied = "PERMISSION_DENIED";

    public const string NotARecord = "NOT_A_RECORD";
    public const string RecordNotFound = "RECORD_NOT_FOUND";
    public const string RecordUnreadable = "RECORD_UNREADABLE";
    public const string NotWellFormed = "NOT_WELL_FORMED";
    public const string WrongNamespace = "WRONG_NAMESPACE";
    public const string ContentTooLarge = "CONTENT_TOO_LARGE";
    public const string MoveFailed = "MOVE_FAILED";

    public const string Timeout = "TIMEOUT";
    public const string ServerUnavailable = "SERVER_UNAVAILABLE";
    public const string DestinationUnavailable = "DESTINATION_UNAVAILABLE";
    public const string RequestRejected = "REQUEST_REJECTED";
    public const string ServerError = "SERVER_ERROR";
    public const string UnexpectedResponse = "UNEXPECTED_RESPONSE";
    public const string Redirected = "REDIRECTED";
    public const string TlsFailed = "TLS_FAILED";
    public const string ResourceNotFound = "RESOURCE_NOT_FOUND";
    public const string IntegrityMismatch = "INTEGRITY_MISMATCH";
    public const string StorageFull = "STORAGE_FULL";
    public const string StorageFailed = "STORAGE_FAILED";
    public const string NotSupported = "NOT_SUPPORTED";
    public const string InProgress = "IN_PROGRESS";
    public const string Cancelled = "CANCELLED";

    public const string NoDestination = "NO_DESTINATION";
    public const string DestinationNotFound = "DESTINATION_NOT_FOUND";
    public const string DestinationExists = "DESTINATION_EXISTS";
    public const string DependencyFailed = "DEPENDENCY_FAILED";
    public const string PluginFailed = "PLUGIN_FAILED";
    public const string StrategyFailed = "STRATEGY_FAILED";

    public const string ConfigurationInvalid = "CONFIGURATION_INVALID";
    public const string ConfigurationNotFound = "CONFIGURATION_NOT_FOUND";
    public const string ConfigurationExists = "CONFIGURATION_EXISTS";
    public const string SecretUnavailable = "SECRET_UNAVAILABLE";

    public const string DatabaseBusy = "DATABASE_BUSY";
    public const string DatabaseUnusable = "DATABASE_UNUSABLE";
    public const string DatabaseUpgradeRequired = "DATABASE_UPGRADE_REQUIRED";

    public const string UnexpectedFailure = "UNEXPECTED_FAILURE";
}
