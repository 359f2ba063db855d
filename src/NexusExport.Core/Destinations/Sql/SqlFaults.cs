using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.Sql;

/// <summary>The one mapping of what a driver throws to faults.</summary>
internal sealed class SqlFaults(string destination, SqlEngine server, SqlDestinationSettings settings, SecretRedactor redaction)
{
    // A connection becomes free when somebody else's work ends.
    private static readonly TimeSpan ConnectionWait = TimeSpan.FromSeconds(20);

    private readonly SqlDialect _dialect = server.Dialect;
    private readonly SqlTable _table = settings.Table;

    private string Place => string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}");

    /// <summary>The fault for a call that took longer than it may.</summary>
    public ExportFault TimedOut(TimeSpan limit, SqlPhase phase) => new(
        ExportErrorCode.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"'{destination}' at {Place} did not answer within {limit.TotalSeconds:0.###} s."))
    {
        MayHaveCommitted = phase == SqlPhase.Committing,
    };

    /// <summary>The fault that <paramref name="exception"/> stands for.</summary>
    /// <param name="exception">What the driver threw; no cancellation and no time-out of ours.</param>
    /// <param name="phase">How far the call had come.</param>
    public ExportFault From(Exception exception, SqlPhase phase)
    {
        exception = phase == SqlPhase.Connecting ? server.Explain(exception, settings.Tls) : exception;
        var said = redaction.Redact(FirstLine(Innermost(exception).Message).TrimEnd('.'));
        var fault = Describe(KindOf(exception, phase), said, exception, phase);

        // A commit that failed may have worked all the same, whatever was said of it.
        return fault with { MayHaveCommitted = phase == SqlPhase.Committing, ConcernsEveryRecord = ConcernsThePlace(fault, exception) };
    }

    // Long: a table, one entry a kind of error.
    private ExportFault Describe(SqlErrorKind? kind, string said, Exception exception, SqlPhase phase) => kind switch
    {
        SqlErrorKind.AccessDenied => new(ExportErrorCode.AuthExpired, $"'{destination}' does not let '{settings.User}' in: {said}.")
        {
            RecommendedAction = "Check user and password of this destination with the database's administrator, then check it with Test-ExportDestination.",
        },
        SqlErrorKind.PermissionDenied => new(ExportErrorCode.PermissionDenied, $"'{destination}' does not allow that to '{settings.User}': {said}.")
        {
            RecommendedAction = Grant,
        },
        SqlErrorKind.ReadOnly => new(ExportErrorCode.PermissionDenied, $"'{destination}' is read-only now: {said}.")
        {
            RecommendedAction = "Set host to the server that takes writes (this is a replica or was set read-only).",
        },
        SqlErrorKind.DatabaseMissing => new(ExportErrorCode.ResourceNotFound, $"'{destination}' has no database '{settings.Database}' at {Place}: {said}.")
        {
            RecommendedAction = "Set database to one that is there, or have it made by the administrator.",
        },
        SqlErrorKind.TableMissing => new(ExportErrorCode.ResourceNotFound, $"'{destination}' has no table {_table.Name} in the database '{settings.Database}': {said}.")
        {
            RecommendedAction = $"Make it with Initialize-ExportDestination, or by: {_dialect.CreateTable(_table)};",
        },
        SqlErrorKind.ColumnMissing => new(ExportErrorCode.ResourceNotFound, $"'{destination}' lacks a column in the table {_table.Name}: {said}.")
        {
            RecommendedAction = "Set column_… of this destination to the table's own names; Test-ExportDestination says which are missing and how to add them.",
        },
        SqlErrorKind.KeyMissing => SqlTableCheck.KeyMissing(destination, _table),
        SqlErrorKind.TooManyConnections => new(ExportErrorCode.RateLimited, $"'{destination}' at {Place} has no connection free: {said}.")
        {
            RecommendedAction = "Lower -ThrottleLimit, or have the server's limit of connections raised (PostgreSQL and MySQL: max_connections).",
            RetryAfter = ConnectionWait,
        },
        SqlErrorKind.Busy => new(ExportErrorCode.ServerUnavailable, $"'{destination}' at {Place} is busy: {said}."),
        SqlErrorKind.TooLong => new(ExportErrorCode.ContentTooLarge, $"'{destination}' has a column in the table {_table.Name} that is too short: {said}.")
        {
            RecommendedAction = $"Give {_table.NameOf(SqlColumnRole.Content)} the type {_dialect.ContentType}, and the other columns at least the types of: "
                + $"{_dialect.CreateTable(_table)};",
        },
        SqlErrorKind.PacketTooLarge => new(ExportErrorCode.ContentTooLarge, $"'{destination}' at {Place} does not take a statement of this size: {said}.")
        {
            RecommendedAction = _dialect.PacketAdvice,
        },
        SqlErrorKind.StorageFull => new(ExportErrorCode.StorageFull, $"'{destination}' at {Place} has no room: {said}."),
        SqlErrorKind.KeyTaken => new(ExportErrorCode.RequestRejected, $"'{destination}' has another row with a value that may be there once only: {said}.")
        {
            RecommendedAction = $"Remove unique keys other than that on {_table.NameOf(SqlColumnRole.Id)} from the table, or rename the record's file.",
        },
        SqlErrorKind.BadText => new(ExportErrorCode.RequestRejected, $"'{destination}' has a column that cannot hold every character: {said}.")
        {
            RecommendedAction = "Convert the table (MySQL: ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4) or the database (PostgreSQL: encoding UTF8).",
        },
        SqlErrorKind.Refused => new(ExportErrorCode.RequestRejected, $"'{destination}' refused the row: {said}."),
        SqlErrorKind.TimedOut => new(ExportErrorCode.Timeout, $"'{destination}' at {Place} did not answer in time: {said}."),
        SqlErrorKind.TlsFailed => new(ExportErrorCode.TlsFailed, $"'{destination}' has no connection to {Place} that can be trusted: {said}.")
        {
            RecommendedAction = server.TrustAdvice,
        },
        SqlErrorKind.Unreachable => new(ExportErrorCode.ConnectionFailed, $"'{destination}' cannot be reached at {Place}: {said}."),
        SqlErrorKind.Lost => new(ExportErrorCode.ConnectionFailed, $"'{destination}' at {Place} ended the connection: {said}."),
        _ => new(ExportErrorCode.UnexpectedFailure, $"'{destination}' failed ({phase}): {exception.GetType().Name}: {said}."),
    };

    // A policy of PostgreSQL's (row-level security) refuses single rows with the code of a missing privilege; its routine tells which it was.
    private static bool ConcernsThePlace(ExportFault fault, Exception exception) => fault.Code switch
    {
        ExportErrorCode.PermissionDenied => exception.Data["Routine"] is not "ExecWithCheckOptions",
        ExportErrorCode.AuthExpired or ExportErrorCode.TlsFailed or ExportErrorCode.ResourceNotFound => true,
        _ => false,
    };

    private string Grant =>
        $"Have the administrator run: GRANT SELECT, INSERT, UPDATE, DELETE ON {_table.QuotedName} TO this account.";

    private SqlErrorKind? KindOf(Exception exception, SqlPhase phase)
    {
        if (exception is DbException database && _dialect.Classify(database) is { } known)
        {
            return known;
        }

        for (var at = exception; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case AuthenticationException:
                    return SqlErrorKind.TlsFailed;
                case TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return SqlErrorKind.TimedOut;
                case SocketException or IOException:
                    return phase == SqlPhase.Connecting ? SqlErrorKind.Unreachable : SqlErrorKind.Lost;
            }
        }

        // Neither driver has a code for a server that does not speak TLS.
        return exception switch
        {
            DbException when phase == SqlPhase.Connecting && exception.Message.Contains("SSL", StringComparison.Ordinal) => SqlErrorKind.TlsFailed,
            DbException when phase == SqlPhase.Connecting => SqlErrorKind.Unreachable,
            DbException => SqlErrorKind.Lost,
            _ => null,
        };
    }

    // PostgreSQL's further lines point into our statement.
    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    private static Exception Innermost(Exception exception) =>
        exception is AuthenticationException || exception.InnerException is null ? exception : Innermost(exception.InnerException);
}
