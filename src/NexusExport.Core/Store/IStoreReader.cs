using NexusExport.Records;

namespace NexusExport.Store;

/// <summary>An open database, as those see it who write nothing. Each property is a port of its own: take the one that you need.</summary>
internal interface IStoreReader : IAsyncDisposable
{
    /// <summary>What is known to be at its destination.</summary>
    ICompletedExports Completed { get; }

    /// <summary>The upload log.</summary>
    IUploadLog Log { get; }

    /// <summary>Sessions of the NexusLIMS database that this store lives in; null where it is not one.</summary>
    ISessionDirectory? Sessions { get; }
}
