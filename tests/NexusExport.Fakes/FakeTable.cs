using NexusExport.Fakes.Cdcs;
using NexusExport.Fakes.Drive;
using NexusExport.Fakes.ElabFtw;
using NexusExport.Fakes.GitHub;
using NexusExport.Fakes.LabArchives;
using NexusExport.Fakes.S3;
using NexusExport.Fakes.WebDav;

namespace NexusExport.Fakes;

/// <summary>How a fake is to be started.</summary>
/// <param name="Port">Port on 127.0.0.1; 0 for a free one.</param>
/// <param name="LatencyMs">Time that each answer takes.</param>
/// <param name="Token">The secret that it asks for; its own default where null.</param>
/// <param name="FirstId">Id of the first record that is made, where the server counts them (cdcs).</param>
internal sealed record FakeStart(int Port = 0, int LatencyMs = 0, string? Token = null, int? FirstId = null);

/// <summary>A fake that serves.</summary>
/// <param name="Fake">The server.</param>
/// <param name="Announcement">What a client must know, printed as JSON.</param>
internal sealed record StartedFake(FakeServer Fake, object Announcement);

/// <summary>The fakes that can be processes of their own, by name.</summary>
internal static class FakeTable
{
    public static IReadOnlyDictionary<string, Func<FakeStart, Task<StartedFake>>> Starters { get; } =
        new SortedDictionary<string, Func<FakeStart, Task<StartedFake>>>(StringComparer.Ordinal)
        {
            ["cdcs"] = CdcsAsync,
            ["drive"] = DriveAsync,
            ["elabftw"] = ElabFtwAsync,
            ["github"] = GitHubAsync,
            ["labarchives"] = LabArchivesAsync,
            ["s3"] = S3Async,
            ["webdav"] = WebDavAsync,
        };

    private static async Task<StartedFake> CdcsAsync(FakeStart start)
    {
        var options = new FakeCdcsOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        options = start.FirstId is { } first ? options with { FirstRecordId = first } : options;
        var fake = await FakeCdcs.StartAsync(start.Token is null ? options : options with { Token = start.Token });
        return new(fake, new { url = fake.BaseUrl, token = fake.Token });
    }

    private static async Task<StartedFake> DriveAsync(FakeStart start)
    {
        var options = new FakeDriveOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeDrive.StartAsync(start.Token is null ? options : options with { RefreshToken = start.Token });
        return new(fake, new
        {
            url = fake.BaseUrl,
            token = fake.RefreshToken,
            token_uri = fake.TokenUri,
            client_secret = fake.ClientSecret,
            folder_id = FakeDrive.FolderId,
        });
    }

    private static async Task<StartedFake> ElabFtwAsync(FakeStart start)
    {
        var options = new FakeElabFtwOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeElabFtw.StartAsync(start.Token is null ? options : options with { Key = start.Token });
        return new(fake, new { url = fake.BaseUrl, token = fake.Key });
    }

    private static async Task<StartedFake> GitHubAsync(FakeStart start)
    {
        var options = new FakeGitHubOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeGitHub.StartAsync(start.Token is null ? options : options with { Token = start.Token });
        return new(fake, new { url = fake.BaseUrl, token = fake.Token });
    }

    private static async Task<StartedFake> LabArchivesAsync(FakeStart start)
    {
        var options = new FakeLabArchivesOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeLabArchives.StartAsync(start.Token is null ? options : options with { AccessPassword = start.Token });
        return new(fake, new
        {
            url = fake.BaseUrl,
            token = fake.Options.AccessPassword,
            access_key_id = fake.Options.AccessKeyId,
            user_id = fake.Options.UserId,
            notebook_id = fake.Options.NotebookId,
        });
    }

    private static async Task<StartedFake> S3Async(FakeStart start)
    {
        var options = new FakeS3Options { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeS3.StartAsync(start.Token is null ? options : options with { SecretKey = start.Token });
        return new(fake, new { url = fake.BaseUrl, token = fake.Options.SecretKey, access_key = fake.Options.AccessKey, bucket = fake.Options.Bucket });
    }

    private static async Task<StartedFake> WebDavAsync(FakeStart start)
    {
        var options = new FakeWebDavOptions { Port = start.Port, LatencyMs = start.LatencyMs, KeepBodies = false };
        var fake = await FakeWebDav.StartAsync(start.Token is null ? options : options with { Token = start.Token });
        return new(fake, new { url = fake.BaseUrl, token = fake.Token });
    }
}
