using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace NexusExport;

/// <summary>
/// The one place that turns what a destination throws, against its contract, into a fault. The caller's own cancellation is no fault and
/// does not come here.
/// </summary>
internal static class ExceptionTranslator
{
    /// <summary>The fault that <paramref name="exception"/> stands for.</summary>
    /// <param name="destination">Name of the destination that threw.</param>
    /// <param name="exception">What it threw.</param>
    /// <param name="isWrite">Whether the call could change something at the far side.</param>
    public static ExportFault ToFault(string destination, Exception exception, bool isWrite) => exception switch
    {
        ExportException known => known.Fault,
        AggregateException { InnerExceptions: [var only] } => ToFault(destination, only, isWrite),
        HttpRequestException { StatusCode: { } status } => FromStatus((int)status, destination, exception, isWrite),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
            Fault(ExportErrorCode.TlsFailed, destination, exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            Fault(ExportErrorCode.ConnectionFailed, destination, exception),
        HttpRequestException or SocketException =>
            Fault(ExportErrorCode.ConnectionFailed, destination, exception) with { MayHaveCommitted = isWrite },
        TimeoutException or OperationCanceledException =>
            Fault(ExportErrorCode.Timeout, destination, exception) with { MayHaveCommitted = isWrite },
        IOException { InnerException: SocketException } =>
            Fault(ExportErrorCode.ConnectionFailed, destination, exception) with { MayHaveCommitted = isWrite },
        IOException or UnauthorizedAccessException =>
            StorageFaults.From(exception) with { Message = $"'{destination}' failed: {ExceptionText.Of(exception)}", MayHaveCommitted = isWrite },
        JsonException => Fault(ExportErrorCode.UnexpectedResponse, destination, exception) with { MayHaveCommitted = isWrite },
        _ => new(ExportErrorCode.UnexpectedFailure, $"'{destination}' failed: {exception.GetType().FullName}: {ExceptionText.Of(exception)}")
        {
            MayHaveCommitted = isWrite,
        },
    };

    /// <summary>What EnsureSuccessStatusCode and Invoke-RestMethod throw: plugins have it from there.</summary>
    private static ExportFault FromStatus(int status, string destination, Exception exception, bool isWrite)
    {
        var fault = Fault(HttpStatusFaults.CodeOf(status), destination, exception);
        return fault with
        {
            Recoverable = fault.Recoverable || fault.Code == ExportErrorCode.ServerError,
            MayHaveCommitted = isWrite && HttpStatusFaults.MayHaveCommitted(status),
        };
    }

    private static ExportFault Fault(string code, string destination, Exception exception) =>
        new(code, $"'{destination}' failed: {ExceptionText.Of(exception)}");
}
