using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>
/// Error codes of MySQL (dev.mysql.com/doc/mysql-errors), MariaDB and TiDB (docs.pingcap.com/tidb/stable/error-codes).
/// </summary>
internal static class MySqlErrors
{
    // Where both MySql.Data and MySqlConnector put the code, so that none of their types is needed here.
    private const string CodeKey = "Server Error Code";

    // Long: a table, one line a code.
    public static SqlErrorKind? Classify(DbException exception) => CodeOf(exception) switch
    {
        1045 or 1698 or 1820 or 1862 or 3118 or 3955 or 4151 => SqlErrorKind.AccessDenied,
        1044 or 1130 or 1142 or 1143 or 1227 or 1370 => SqlErrorKind.PermissionDenied,
        1290 or 1792 or 1836 => SqlErrorKind.ReadOnly,
        1049 => SqlErrorKind.DatabaseMissing,
        1146 => SqlErrorKind.TableMissing,
        1054 => SqlErrorKind.ColumnMissing,
        1040 or 1203 or 1226 => SqlErrorKind.TooManyConnections,
        1053 or 1129 or 1205 or 1213 or 1927 => SqlErrorKind.Busy,
        8002 or 8022 or 8028 or (>= 9001 and <= 9007) => SqlErrorKind.Busy,
        1406 => SqlErrorKind.TooLong,
        1153 or 8004 or 8025 => SqlErrorKind.PacketTooLarge,
        1021 or 1114 => SqlErrorKind.StorageFull,
        1062 or 1586 => SqlErrorKind.KeyTaken,
        1300 or 1366 or 3854 or 3988 => SqlErrorKind.BadText,
        1317 or 3024 or 1969 => SqlErrorKind.TimedOut,
        1042 or 2002 or 2003 or 2005 => SqlErrorKind.Unreachable,
        2006 or 2013 or 2055 => SqlErrorKind.Lost,
        2026 or 3159 => SqlErrorKind.TlsFailed,
        > 0 => SqlErrorKind.Refused,
        _ => null,
    };

    // Where logging in fails, the code stands in the outer exception as well; where reading fails, only in the innermost.
    private static int CodeOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception.Data[CodeKey] is int and not 0 and var code)
            {
                return code;
            }
        }

        return 0;
    }
}
