using System.Globalization;
using System.Net;
using System.Security.Authentication;
using NexusExport.Security;

namespace NexusExport.Destinations.Http;

/// <summary>The one mapping of what HTTP can do to faults. A destination that knows its server better refines the result.</summary>
internal sealed class HttpFaults(string destination, SecretRedactor redaction, TimeProvider time)
{
    /// <summary>What to do where a server, rather than our own limit, finds a record too large.</summary>
    public const string RaiseServersLimit = "Have the limit of the server, or of a proxy before it, raised: it takes no records of this size.";

    /// <summary>The fault that an unsuccessful answer stands for.</summary>
    public ExportFault FromAnswer(HttpAnswer answer)
    {
        var status = (int)answer.Status;
        var code = HttpStatusFaults.CodeOf(status);
        if (code == ExportErrorCode.Redirected)
        {
            return Redirect(answer);
        }

        var fault = Fault(code, answer) with { MayHaveCommitted = answer.Call.IsWrite && HttpStatusFaults.MayHaveCommitted(status) };
        if (code is ExportErrorCode.RateLimited or ExportErrorCode.ServerUnavailable || status == 500)
        {
            fault = fault with { RetryAfter = answer.AskedWait(time), Recoverable = true };
        }

        return status switch
        {
            413 => fault with { RecommendedAction = RaiseServersLimit },

            // A 503 that says when to come back was refused at the door. One without may be a proxy's that lost its server in mid-work.
            503 => fault with { MayHaveCommitted = fault.MayHaveCommitted && fault.RetryAfter is null },

            // A gateway gave up waiting (524 is Cloudflare's 504), which says nothing of what the server behind it goes on doing.
            504 or 524 => LateWrite.TimedOut(fault, answer.Call),
            _ => fault,
        };
    }

    /// <summary>The fault for a success whose body is not what the service sends.</summary>
    public ExportFault Unreadable(HttpAnswer answer, string reason) =>
        new(ExportErrorCode.UnexpectedResponse, $"'{destination}' answered {Describe(answer)} with something else than expected ({reason}).")
        {
            MayHaveCommitted = answer.Call.IsWrite,
        };

    /// <summary>The fault for an answer longer than its caller is ready to read.</summary>
    public ExportFault TooLong(HttpCall call) =>
        new(ExportErrorCode.UnexpectedResponse, $"'{destination}' answered {call.Method} {PathOnly(call)} with more than {call.MaxAnswerBytes / 1024} KiB.")
        {
            MayHaveCommitted = call.IsWrite,
        };

    /// <summary>The fault for a call that was not answered in its time.</summary>
    public ExportFault TimedOut(HttpCall call, TimeSpan limit)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture, $"'{destination}' did not answer {call.Method} {PathOnly(call)} within {limit.TotalSeconds:0.###} s.");
        return LateWrite.TimedOut(new(ExportErrorCode.Timeout, message) { MayHaveCommitted = call.IsWrite }, call);
    }

    /// <summary>The fault for a call that ended in an exception other than its own time-out or the caller's cancellation.</summary>
    public ExportFault FromException(Exception exception, HttpCall call, Uri address) => LateWrite.Broken(Translate(exception, call, address), call);

    private ExportFault Translate(Exception exception, HttpCall call, Uri address)
    {
        var host = address.GetLeftPart(UriPartial.Authority);
        var reason = redaction.Redact(Innermost(exception).Message.TrimEnd('.'));
        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new(ExportErrorCode.TlsFailed, $"'{destination}' has no connection to {host} that can be trusted: {reason}."),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new(ExportErrorCode.ConnectionFailed, $"'{destination}' cannot be reached: the name in {host} is not known ({reason})."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
                new(ExportErrorCode.ConnectionFailed, $"'{destination}' cannot be reached at {host}: {reason}."),

            // The handler's own limit for making the connection: nothing was sent yet.
            OperationCanceledException => TimedOut(call, HttpHandlers.ConnectTimeout) with { MayHaveCommitted = false, SettleTime = null },

            // Compressed data that is broken counts as a broken connection.
            HttpRequestException or IOException or InvalidDataException =>
                new(ExportErrorCode.ConnectionFailed, $"'{destination}' at {host} ended the connection during {call.Method} {PathOnly(call)}: {reason}.")
                {
                    MayHaveCommitted = call.IsWrite,
                },
            _ => new(ExportErrorCode.UnexpectedFailure, $"'{destination}' failed during {call.Method} {PathOnly(call)}: {exception.GetType().Name}: {reason}.")
            {
                MayHaveCommitted = call.IsWrite,
            },
        };
    }

    private ExportFault Fault(string code, HttpAnswer answer)
    {
        var said = ServerMessage.ReadWhole(answer);
        var message = $"'{destination}' answered {Describe(answer)}";
        return new(code, said is null ? message + "." : $"{message}: {ServerMessage.Cut(redaction.Redact(said))}");
    }

    private ExportFault Redirect(HttpAnswer answer)
    {
        if (answer.Location is not { } location || !Uri.TryCreate(answer.Address, location, out var target))
        {
            return Fault(ExportErrorCode.UnexpectedResponse, answer) with { MayHaveCommitted = answer.Call.IsWrite };
        }

        // Without its query, which may carry what was sent or a ticket of the server's own, and without credentials.
        var (moved, path) = (target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), answer.Call.Path.Split('?')[0]);
        var url = redaction.Redact(moved.EndsWith('/' + path, StringComparison.Ordinal) ? moved[..^path.Length] : moved);
        return new(
            ExportErrorCode.Redirected,
            $"'{destination}' redirects {answer.Call.Method} {PathOnly(answer.Call)} to {url}; a redirect is not followed, for it turns a POST into a GET.")
        {
            RecommendedAction = $"Set the destination's url to the address that the server redirects to: {url}",
        };
    }

    private static string Describe(HttpAnswer answer) =>
        string.Create(CultureInfo.InvariantCulture, $"{answer.Call.Method} {PathOnly(answer.Call)} with {(int)answer.Status} {Spell(answer.Status)}").TrimEnd();

    private static string Spell(HttpStatusCode status) => status == HttpStatusCode.OK ? "OK" : Enum.IsDefined(status)
        ? string.Concat(status.ToString().Select((character, index) => index > 0 && char.IsUpper(character) ? $" {character}" : $"{character}"))
        : string.Empty;

    private static string PathOnly(HttpCall call) => call.Path.Split('?')[0] is { Length: > 0 } path ? path : "/";

    // What the operating system or the certificate check said stands in the innermost exception; the outer ones only repeat the host.
    private static Exception Innermost(Exception exception) =>
        exception is AuthenticationException || exception.InnerException is null ? exception : Innermost(exception.InnerException);
}
