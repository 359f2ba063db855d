namespace NexusExport.Destinations.Sql;

/// <summary>What a server means by an error, whichever code it has for it.</summary>
internal enum SqlErrorKind
{
    AccessDenied,
    PermissionDenied,
    ReadOnly,
    DatabaseMissing,
    TableMissing,
    ColumnMissing,
    KeyMissing,
    Busy,
    TooManyConnections,
    TooLong,
    PacketTooLarge,
    StorageFull,
    KeyTaken,
    BadText,
    Refused,
    TimedOut,
    Unreachable,
    Lost,
    TlsFailed,
}
