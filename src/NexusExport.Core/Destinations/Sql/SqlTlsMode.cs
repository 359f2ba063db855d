namespace NexusExport.Destinations.Sql;

/// <summary>How the connection is protected.</summary>
internal enum SqlTlsMode
{
    /// <summary>Encrypted or not made; whose certificate it is, is not asked.</summary>
    Required,

    /// <summary>Encrypted, and the certificate must be the server's own and of a trusted authority.</summary>
    Verify,

    /// <summary>Not encrypted.</summary>
    Off,
}
