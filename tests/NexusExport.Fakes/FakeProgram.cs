using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NexusExport.Fakes.Cdcs;
using NexusExport.Fakes.GitHub;

namespace NexusExport.Fakes;

/// <summary>A fake as a process of its own: prints {"url":…,"token":…} and serves until its input ends or it is told to stop.</summary>
internal static class FakeProgram
{
    private const string Usage = "usage: NexusExport.Fakes cdcs|github [--port N] [--latency-ms N] [--token T]";

    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output)
    {
        if (arguments is not [var name, .. var rest] || name is not ("cdcs" or "github") || !TryRead(rest, out var options))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var (fake, token) = await StartAsync(name, options);
        await using var serving = fake;
        await output.WriteLineAsync(JsonSerializer.Serialize(new { url = fake.BaseUrl, token }));
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

    private static async Task DrainAsync(TextReader input)
    {
        while (await input.ReadLineAsync() is not null)
        {
            // Only its end matters.
        }
    }

    private static async Task<(FakeServer Fake, string Token)> StartAsync(string name, Options options)
    {
        if (name == "github")
        {
            var hub = new FakeGitHubOptions { KeepBodies = false, Port = options.Port, LatencyMs = options.LatencyMs };
            var github = await FakeGitHub.StartAsync(options.Token is null ? hub : hub with { Token = options.Token });
            return (github, github.Token);
        }

        var system = new FakeCdcsOptions { KeepBodies = false, Port = options.Port, LatencyMs = options.LatencyMs };
        var cdcs = await FakeCdcs.StartAsync(options.Token is null ? system : system with { Token = options.Token });
        return (cdcs, cdcs.Token);
    }

    private static bool TryRead(string[] options, out Options read)
    {
        read = new(0, 0, null);
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

    private sealed record Options(int Port, int LatencyMs, string? Token);
}
