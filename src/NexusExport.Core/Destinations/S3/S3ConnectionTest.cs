namespace NexusExport.Destinations.S3;

/// <summary>Finds out whether the bucket can be listed and written to below the prefix, without storing anything.</summary>
internal sealed class S3ConnectionTest(S3Api api, S3DestinationSettings settings, S3Address address)
{
    private const string ProbeName = ".nexus-export-test";

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        await api.ListAsync(settings.Prefix, cancellationToken);
        await api.ProbeWriteAsync(settings.Prefix + ProbeName, cancellationToken);
        return new($"{address.LocationOf(settings.Prefix)} at {settings.Endpoint} can be listed and written to.", ["list", "write"]);
    }
}
