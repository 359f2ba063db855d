using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>Error codes of PostgreSQL (postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgreSqlErrors
{
    // Long: a table, one line a code.
    public static SqlErrorKind? Classify(DbException exception) => exception.SqlState switch
    {
        null or "" => null,
        "28P01" => SqlErrorKind.AccessDenied,
        "28000" => SqlErrorKind.PermissionDenied,
        "42501" => SqlErrorKind.PermissionDenied,
        "25006" => SqlErrorKind.ReadOnly,
        "3D000" => SqlErrorKind.DatabaseMissing,
        "42P01" or "3F000" => SqlErrorKind.TableMissing,
        "42703" => SqlErrorKind.ColumnMissing,
        "42P10" => SqlErrorKind.KeyMissing,
        "40001" or "40P01" or "55P03" or "53200" or "57P01" or "57P02" or "57P03" => SqlErrorKind.Busy,
        "53300" => SqlErrorKind.TooManyConnections,
        "22001" => SqlErrorKind.TooLong,
        "54000" => SqlErrorKind.PacketTooLarge,
        "53100" => SqlErrorKind.StorageFull,
        "23505" => SqlErrorKind.KeyTaken,
        "22021" or "22P05" => SqlErrorKind.BadText,
        "57014" or "25P03" => SqlErrorKind.TimedOut,
        ['0', '8', ..] => SqlErrorKind.Lost,
        _ => SqlErrorKind.Refused,
    };
}
