namespace NexusExport.Destinations.Sql;

/// <summary>What a connection is made with.</summary>
internal sealed record SqlConnectionOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string Database { get; init; }

    public required string User { get; init; }

    public required SecretText Password { get; init; }

    public required SqlTlsMode TlsMode { get; init; }

    public required TlsSettings Tls { get; init; }

    /// <summary>The most connections that are open at once.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Longest wait for a connection, in seconds.</summary>
    public required int ConnectSeconds { get; init; }

    /// <summary>Longest wait for a statement, in seconds.</summary>
    public required int CommandSeconds { get; init; }
}
