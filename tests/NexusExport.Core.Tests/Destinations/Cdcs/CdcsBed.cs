using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>A fake CDCS with a destination for it.</summary>
internal sealed class CdcsBed : IAsyncDisposable
{
    private CdcsBed(FakeCdcs server, CdcsDestination destination)
    {
        Server = server;
        Destination = destination;
    }

    public FakeCdcs Server { get; }

    public CdcsDestination Destination { get; }

    public static Task<CdcsBed> StartAsync(params IReadOnlyList<(string Name, object Value)> values) => StartAsync(new(), null, values);

    /// <param name="options">How the server is set up.</param>
    /// <param name="change">Stands between the two; null for nobody.</param>
    /// <param name="values">Settings beyond address and token.</param>
    public static async Task<CdcsBed> StartAsync(
        FakeCdcsOptions options, DelegatingHandler? change = null, params IReadOnlyList<(string Name, object Value)> values)
    {
        var server = await FakeCdcs.StartAsync(options);
        var services = new DestinationServices();
        if (change is not null)
        {
            change.InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
            services = services with { HttpHandlerFactory = () => change };
        }

        return new(server, new(Settings(server.BaseUrl, server.Token, values), services));
    }

    public static DestinationSettings Settings(string url, string token, params IReadOnlyList<(string Name, object Value)> values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal) { ["url"] = url, ["token"] = new SecretText(token) };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new() { Name = "cdcs", Type = "cdcs", Priority = 100, Values = all };
    }

    public async Task<ExportFault> FaultOfUploadAsync() =>
        (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default))).Fault;

    public async Task<ExportFault> FaultOfTestAsync() =>
        (await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default))).Fault;

    public async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        await Server.DisposeAsync();
    }
}
