using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NexusExport.Fakes.Cdcs;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Fakes;

/// <summary>A fake as a process of its own: prints {"url":…,"token":…} and serves until its input ends or it is told to stop.</summary>
internal static class FakeProgram
{
    private const string Usage = "usage: NexusExport.Fakes cdcs|labarchives [--port N] [--latency-ms N] [--token T]";

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
            case "labarchives":
                var eln = new FakeLabArchivesOptions { Port = options.Port, LatencyMs = options.LatencyMs, KeepBodies = false };
                var fakeEln = await FakeLabArchives.StartAsync(options.Token is { } password ? eln with { AccessPassword = password } : eln);
                return (fakeEln, new
                {
                    url = fakeEln.BaseUrl,
                    token = fakeEln.Options.AccessPassword,
                    access_key_id = fakeEln.Options.AccessKeyId,
                    user_id = fakeEln.Options.UserId,
                    notebook_id = fakeEln.Options.NotebookId,
                });
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
