using NexusExport.Destinations.ElabFtw;
using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>A fake eLabFTW with a destination that exports to it.</summary>
internal sealed class ElabFtwBed : IAsyncDisposable
{
    private ElabFtwBed(FakeElabFtw server) => Server = server;

    public FakeElabFtw Server { get; }

    public IExportDestination Destination { get; private set; } = null!;

    public static async Task<ElabFtwBed> StartAsync(FakeElabFtwOptions? options = null, params (string Name, object Value)[] values)
    {
        var bed = new ElabFtwBed(await FakeElabFtw.StartAsync(options));
        bed.Destination = bed.Create(new(), null, values);
        return bed;
    }

    /// <summary>Another destination at the same server.</summary>
    public IExportDestination Create(DestinationServices services, TimeSpan? timeout = null, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["url"] = Server.BaseUrl + "/",
            ["api_key"] = new SecretText(Server.Key + "\n"),
        };
        foreach (var (name, value) in values)
        {
            all[name] = name == "url" ? Server.BaseUrl + value : value;
        }

        return new ElabFtwDestination(new() { Name = "elabftw", Type = "elabftw", Priority = 85, Timeout = timeout, Values = all }, services);
    }

    /// <summary>Files attached to entries that are not deleted.</summary>
    public IReadOnlyList<byte[]> Stored() =>
    [
        .. Server.Entries.Where(entry => entry.State != 3)
            .SelectMany(entry => entry.Uploads.Where(upload => upload.State == 1))
            .Select(upload => upload.Content),
    ];

    public async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        await Server.DisposeAsync();
    }
}
