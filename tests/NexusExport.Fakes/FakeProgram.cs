using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NexusExport.Fakes;

/// <summary>A fake as a process of its own: prints {"url":…,"token":…} and serves until its input ends or it is told to stop.</summary>
internal static class FakeProgram
{
    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output)
    {
        if (arguments is not [var name, .. var rest] || !FakeTable.Starters.TryGetValue(name, out var start) || !TryRead(rest, out var options))
        {
            await Console.Error.WriteLineAsync(
                $"usage: NexusExport.Fakes {string.Join('|', FakeTable.Starters.Keys)} [--port N] [--latency-ms N] [--token T] [--first-id N]");
            return 2;
        }

        var started = await start(options);
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

    private static async Task DrainAsync(TextReader input)
    {
        while (await input.ReadLineAsync() is not null)
        {
            // Only its end matters.
        }
    }

    private static bool TryRead(string[] words, out FakeStart read)
    {
        read = new();
        for (var index = 0; index + 1 < words.Length; index += 2)
        {
            var number = int.TryParse(words[index + 1], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (words[index])
            {
                case "--port":
                    read = read with { Port = number };
                    break;
                case "--latency-ms":
                    read = read with { LatencyMs = number };
                    break;
                case "--first-id":
                    read = read with { FirstId = number };
                    break;
                case "--token":
                    read = read with { Token = words[index + 1] };
                    break;
                default:
                    return false;
            }
        }

        return words.Length % 2 == 0;
    }
}
