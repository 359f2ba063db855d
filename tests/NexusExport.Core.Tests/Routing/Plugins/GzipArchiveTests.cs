using System.IO.Compression;
using NexusExport.Configuration.Drafts;
using NexusExport.Destinations;
using NexusExport.Routing.Plugins;
using NexusExport.Tests.Destinations;

namespace NexusExport.Tests.Routing.Plugins;

/// <summary>The sample plugin, loaded from its file and put through the contract like every other destination.</summary>
public sealed class GzipArchiveTests : DestinationContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private PluginSet _plugins = PluginSet.None;
    private IExportDestination? _destination;

    private string Archive => _folder["archive"];

    protected override IExportDestination Destination => _destination!;

    public override Task InitializeAsync()
    {
        SamplePlugin.Install(_folder["plugins"]);
        _plugins = new PluginFolder(BuiltInDestinations.All, scripts: null).Load(_folder["plugins"]);
        var type = Assert.Single(_plugins.Types);
        _destination = type.Create(
            new DestinationSettings
            {
                Name = "packed",
                Type = type.Name,
                Priority = type.DefaultPriority,
                Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["folder"] = Archive },
            },
            new DestinationServices());
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _plugins.Dispose();
        _folder.Dispose();
    }

    protected override IReadOnlyList<byte[]> Stored() =>
        Directory.Exists(Archive) ? [.. Directory.EnumerateFiles(Archive).Select(Unpack)] : [];

    private static byte[] Unpack(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
