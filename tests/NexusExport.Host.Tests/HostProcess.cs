using System.Diagnostics;

namespace NexusExport.Host.Tests;

/// <summary>The program as a process of its own, as a scheduled job starts it.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly Task<string> _error;

    private HostProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>How long it has been busy.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public StreamReader Out => _process.StandardOutput;

    /// <summary>Starts it. NexusExport's and NexusLIMS's own variables are taken out of the environment.</summary>
    public static HostProcess Start(string workingDirectory, params string[] arguments) => StartCommand(workingDirectory, [], arguments);

    /// <summary>Starts it with its streams redirected by a shell, as <c>2&gt;/dev/full</c> does.</summary>
    public static HostProcess StartRedirected(string redirections, string workingDirectory, params string[] arguments) =>
        StartCommand(workingDirectory, ["sh", "-c", $"exec \"$@\" {redirections}", "sh"], arguments);

    /// <summary>Starts it after a shell has prepared the way, as <c>umask 0</c> does.</summary>
    public static HostProcess StartAfter(string preparation, string workingDirectory, params string[] arguments) =>
        StartCommand(workingDirectory, ["sh", "-c", $"{preparation}; exec \"$@\"", "sh"], arguments);

    private static HostProcess StartCommand(
        string workingDirectory, string[] shell, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "nexus-export.dll");
        string[] command = [.. shell, .. IgnoresInterrupt() ? ["env", "--default-signal=INT"] : Array.Empty<string>(), "dotnet", program];
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var ours = start.Environment.Keys.Where(
            name => name.StartsWith("NX_", StringComparison.Ordinal) || name.StartsWith("NEXUSEXPORT", StringComparison.Ordinal));
        foreach (var name in ours.ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<HostOutput> RunAsync(string workingDirectory, params string[] arguments)
    {
        using var host = Start(workingDirectory, arguments);
        return await host.EndAsync();
    }

    /// <summary>Starts it with further variables in its environment and waits for its end.</summary>
    public static async Task<HostOutput> RunAsync(string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var host = StartCommand(workingDirectory, [], arguments, environment);
        return await host.EndAsync();
    }

    /// <summary>Reads what is left of its output and waits for its end.</summary>
    public async Task<HostOutput> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var output = await _process.StandardOutput.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return new(_process.ExitCode, output, await _error);
    }

    /// <summary>Waits for its end without reading its output.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL (TerminateProcess on Windows): no handler of the program runs. False if it had ended before.</summary>
    public bool Kill()
    {
        var running = !_process.HasExited;
        _process.Kill();
        return running;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // A shell starts what it runs in the background with SIGINT ignored, and programs hand that on; the tests send it all the same.
    private static bool IgnoresInterrupt() => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
        .Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & (1UL << (Interrupt - 1))) != 0);
}
