using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NexusExport.Fakes.Cdcs;
using NexusExport.Fakes.Drive;
using NexusExport.Fakes.ElabFtw;
using NexusExport.Fakes.GitHub;
using NexusExport.Fakes.WebDav;

namespace NexusExport.Fakes;

/// <summary>A fake as a process of its own: prints {"url":…,"token":…} and serves until its input ends or it is told to stop.</summary>
internal static class FakeProgram
{
    private const string Usage = "usage: NexusExport.Fakes cdcs|drive|elabftw|github|webdav [--port N] [--latency-ms N] [--token T]";

    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output)
    {
        if (arguments is not [var name, .. var rest] || !TryRead(rest, out var options) || await StartAsync(name, options) is not { } started)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var fake = started.Fake;
        await output.WriteLineAsync(JsonSerializer.Serialize(started.Announcement));
        await output.FlushAsync();

        var stop = new TaskCompletionSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.TrySetResult();
        });
        await Task.WhenAny(stop.Task, Task.Run(() => DrainAsync(input)));
        return 0;
    }

    private static async Task<(FakeServer Fake, object Announcement)?> StartAsync(string name, Options options)
    {
        switch (name)
        {
            case "cdcs":
                var cdcs = new FakeCdcsOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeCdcs = await FakeCdcs.StartAsync(options.Token is { } token ? cdcs with { Token = token } : cdcs);
                return (fakeCdcs, new { url = fakeCdcs.BaseUrl, token = fakeCdcs.Token });
            case "drive":
                var drive = new FakeDriveOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeDrive = await FakeDrive.StartAsync(options.Token is { } refresh ? drive with { RefreshToken = refresh } : drive);
                return (fakeDrive, new
                {
                    url = fakeDrive.BaseUrl,
                    token = fakeDrive.RefreshToken,
                    token_uri = fakeDrive.TokenUri,
                    client_secret = fakeDrive.ClientSecret,
                    folder_id = FakeDrive.FolderId,
                });
            case "webdav":
                var dav = new FakeWebDavOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeDav = await FakeWebDav.StartAsync(options.Token is { } bearer ? dav with { Token = bearer } : dav);
                return (fakeDav, new { url = fakeDav.BaseUrl, token = fakeDav.Token });
            case "elabftw":
                var elab = new FakeElabFtwOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeElab = await FakeElabFtw.StartAsync(options.Token is { } key ? elab with { Key = key } : elab);
                return (fakeElab, new { url = fakeElab.BaseUrl, token = fakeElab.Key });
            case "github":
                var hub = new FakeGitHubOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeHub = await FakeGitHub.StartAsync(options.Token is { } access ? hub with { Token = access } : hub);
                return (fakeHub, new { url = fakeHub.BaseUrl, token = fakeHub.Token });
            default:
                return null;
        }
    }

    private static async Task DrainAsync(TextReader input)
    {
        while (await input.ReadLineAsync() is not null)
        {
            // Only its end matters.
        }
    }

    private static bool TryRead(string[] options, out Options read)
    {
        read = new();
        for (var index = 0; index + 1 < options.Length; index += 2)
        {
            var number = int.TryParse(options[index + 1], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (options[index])
            {
                case "--port":
                    read = read with { Port = number };
                    break;
                case "--latency-ms":
                    read = read with { LatencyMs = number };
                    break;
                case "--token":
                    read = read with { Token = options[index + 1] };
                    break;
                default:
                    return false;
            }
        }

        return options.Length % 2 == 0;
    }

    private sealed record Options(int Port = 0, int LatencyMs = 0, string? Token = null);
}
