namespace NexusExport.Store.Sqlite;

/// <summary>Asks upload_log about one content at one destination; the members mean what they mean in <see cref="JobRequest"/>.</summary>
internal sealed record LogQuestion(string SessionIdentifier, string ContentHash, string DestinationName)
{
    public DateTimeOffset? RecordModified { get; init; }

    public bool CanBeReplaced { get; init; }

    public static LogQuestion Of(JobRequest request) => new(request.SessionIdentifier, request.ContentHash, request.DestinationName)
    {
        RecordModified = request.RecordModified,
        CanBeReplaced = request.CanBeReplaced,
    };

    public static LogQuestion Of(CompletedQuery query, string destination) => new(query.SessionIdentifier, query.ContentHash, destination)
    {
        RecordModified = query.RecordModified,
        CanBeReplaced = query.CanBeReplaced(destination),
    };
}
