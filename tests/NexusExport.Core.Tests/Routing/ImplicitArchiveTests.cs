using static NexusExport.Tests.Routing.RegistrationBed;

namespace NexusExport.Tests.Routing;

/// <summary>Where nothing is configured, records go to a local archive. That ends with the first destination, and nobody may be left unaware.</summary>
public sealed class ImplicitArchiveTests : IDisposable
{
    private readonly RegistrationBed _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Register_TheFirstDestination_WarnsThatTheArchiveEndsAndNamesWhatKeepsIt()
    {
        var archive = Path.Combine(_lab.Path, "exports");
        await using (var engine = _lab.Open())
        {
            Assert.Equal(archive, engine.Settings.ImplicitArchive);
            Assert.Equal(archive, engine.Destinations.ArchiveEndedBy(Local("second")));
            await engine.Destinations.RegisterAsync(Local("second"), test: false, CancellationToken.None);
            await engine.Destinations.RegisterAsync(Local("third", "elsewhere"), test: false, CancellationToken.None);
        }

        var warning = Assert.Single(_lab.Logged);
        Assert.Contains(archive, warning, StringComparison.Ordinal);
        Assert.Contains($"Register-ExportDestination local local -Setting @{{ base_path = '{archive}' }}", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(await _lab.ListAsync(), destination => destination.DestinationName == "local");
    }

    [Fact]
    public async Task Register_TheArchiveItself_EndsNothing()
    {
        await _lab.RegisterAsync(Local("local", "exports/"));
        Assert.Empty(_lab.Logged);
    }

    [Fact]
    public async Task Register_WhereSomethingIsConfigured_EndsNothing()
    {
        _lab.WriteYaml("destinations:\n  archive: { type: local }\n");
        await _lab.RegisterAsync(Local("second"));
        Assert.Empty(_lab.Logged);
    }

    [Fact]
    public async Task Unregister_TheLastDestination_WarnsThatTheArchiveIsBack()
    {
        await _lab.RegisterAsync(Local("one"));
        await _lab.RegisterAsync(Local("two"));
        _lab.Logged.Clear();

        await _lab.UnregisterAsync("one");
        Assert.Empty(_lab.Logged);
        await _lab.UnregisterAsync("two");

        Assert.Contains(Path.Combine(_lab.Path, "exports"), Assert.Single(_lab.Logged), StringComparison.Ordinal);
    }
}
