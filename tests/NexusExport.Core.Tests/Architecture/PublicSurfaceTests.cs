namespace NexusExport.Tests.Architecture;

public sealed class PublicSurfaceTests
{
    /// <summary>Plugins that were built against an earlier version keep working while every line of it stays.</summary>
    [Fact]
    public void Contract_Surface_IsTheBaseline() => SurfaceBaseline.Hold("Contract.txt", PublicSurface.Members(typeof(IExportDestination).Assembly));

    /// <summary>What the cmdlets, the host and what tests them use of Core. Plugins are not given it, so it may change, but does not grow unseen.</summary>
    [Fact]
    public void Core_PublicTypes_AreTheBaseline() => SurfaceBaseline.Hold("Core.txt", PublicSurface.Types(typeof(ExportEngine).Assembly));

    [Fact]
    public void Members_OfTheContract_TellNullabilityAndKinds()
    {
        var lines = PublicSurface.Members(typeof(IExportDestination).Assembly).ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "interface NexusExport.IExportDestination : IAsyncDisposable",
                "  Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken)",
                "sealed record NexusExport.ExportContext",
                "  required ExportDocument Document { get; init; }",
                "  IReadOnlyDictionary<string, object?> Metadata { get; init; }",
                "  ExportResult? GetResult(string destinationName)",
                "  static Dependency op_Implicit(string text)",
                "  Dependency(string Name, bool IsOptional = false)",
                "enum NexusExport.DestinationRisk",
                "  Critical = 3",
                "static class NexusExport.ExportErrorCode",
                "  const string Timeout = \"TIMEOUT\"",
            },
            lines.ToHashSet());
    }
}
