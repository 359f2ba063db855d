using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NexusExport.Benchmarks;

/// <summary>The CDCS fake in a process of its own; ends when its standard input does.</summary>
internal sealed class CdcsProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly HttpClient _control = new();

    private CdcsProcess(Process process, string url, string token)
    {
        _process = process;
        Url = url;
        Token = token;
    }

    public string Url { get; }

    public string Token { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<CdcsProcess> StartAsync(int latencyMs)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "NexusExport.Fakes.dll"), "cdcs", "--latency-ms", latencyMs.ToString(CultureInfo.InvariantCulture),
            },
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The CDCS fake ended before it listened.");
        using var json = JsonDocument.Parse(line);
        return new(process, json.RootElement.GetProperty("url").GetString()!, json.RootElement.GetProperty("token").GetString()!);
    }

    /// <summary>Forgets all records and counts.</summary>
    public async Task ResetAsync()
    {
        using var answer = await _control.PostAsync($"{Url}/_fake/reset", content: null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Requests and connections since the last reset.</summary>
    public async Task<(int Requests, int Connections)> StatsAsync()
    {
        using var json = JsonDocument.Parse(await _control.GetStringAsync($"{Url}/_fake/stats"));
        return (json.RootElement.GetProperty("requests").GetInt32(), json.RootElement.GetProperty("connections").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
