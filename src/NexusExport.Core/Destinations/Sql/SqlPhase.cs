namespace NexusExport.Destinations.Sql;

/// <summary>How far a call has come: what was lost then depends on it.</summary>
internal enum SqlPhase
{
    /// <summary>No connection yet: nothing was sent.</summary>
    Connecting,

    /// <summary>Statements are being sent, of which nothing lasts without a commit.</summary>
    Working,

    /// <summary>The commit was sent, and its answer is awaited.</summary>
    Committing,
}
