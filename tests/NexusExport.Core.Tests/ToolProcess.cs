using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NexusExport.Tests;

/// <summary>A server as a process of its own, for as long as a fixture lives.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    /// <summary>A port on loopback that nobody listens to now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and returns when a line of its output holds <paramref name="ready"/>; fails with what it said otherwise.</summary>
    public static async Task<ToolProcess> StartAsync(string program, string ready, params IEnumerable<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
            EnableRaisingEvents = true,
        };
        var said = new StringBuilder();
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => isReady.TrySetException(new InvalidOperationException("it ended"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var started = new ToolProcess(process);
        try
        {
            await isReady.Task.WaitAsync(StartLimit);
            return started;
        }
        catch (Exception ex) when (ex is TimeoutException or InvalidOperationException)
        {
            started.Dispose();
            lock (said)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start ({ex.Message}):\n{said}", ex);
            }
        }

        void Read(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }

            if (line?.Contains(ready, StringComparison.Ordinal) == true)
            {
                isReady.TrySetResult();
            }
        }
    }

    /// <summary>Ends it; once more does no harm.</summary>
    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }
}
