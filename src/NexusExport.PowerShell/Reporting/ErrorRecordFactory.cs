using System.Management.Automation;

namespace NexusExport.PowerShell.Reporting;

/// <summary>The one place where faults become error records.</summary>
internal static class ErrorRecordFactory
{
    /// <summary>An error record with the fault's stable id, its category, its target and what to do about it.</summary>
    public static ErrorRecord Create(ExportException exception, object? target)
    {
        var entry = ExportErrorCatalog.For(exception.Fault.Code);
        return new(exception, entry.ErrorId, CategoryOf(entry.Kind), target)
        {
            ErrorDetails = new(exception.Fault.Message) { RecommendedAction = exception.Fault.RecommendedAction },
        };
    }

    /// <summary>The fault of an exception that nobody expected, which names its type.</summary>
    public static ExportException Unexpected(Exception exception) =>
        new(ExportErrorCode.UnexpectedFailure, $"{exception.GetType().Name}: {exception.Message}", exception);

    /// <summary>PowerShell's category for a class of errors; never NotSpecified.</summary>
    public static ErrorCategory CategoryOf(ExportErrorKind kind) => kind switch
    {
        ExportErrorKind.InvalidData => ErrorCategory.InvalidData,
        ExportErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ExportErrorKind.Connection => ErrorCategory.ConnectionError,
        ExportErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ExportErrorKind.Permission => ErrorCategory.PermissionDenied,
        ExportErrorKind.Limit => ErrorCategory.LimitsExceeded,
        ExportErrorKind.Configuration => ErrorCategory.InvalidArgument,
        ExportErrorKind.Resource => ErrorCategory.ResourceUnavailable,
        ExportErrorKind.State => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.InvalidResult,
    };
}
