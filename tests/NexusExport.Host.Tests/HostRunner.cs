using NexusExport.Configuration;
using NexusExport.Host.Lifetime;

namespace NexusExport.Host.Tests;

/// <summary>Runs the program in this process, in a working directory of the test's own and with no environment variables but the test's.</summary>
internal sealed class HostRunner(string workingDirectory)
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public bool OutIsTerminal { get; init; }

    public CancellationToken Stop { get; init; }

    public async Task<HostOutput> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new HostEnvironment(workingDirectory, Variables, Path.Combine(workingDirectory, "user"), Path.Combine(workingDirectory, "machine"));
        var context = new HostContext(output, TextWriter.Synchronized(error), OutIsTerminal, ErrorIsTerminal: false, environment, TimeProvider.System);
        using var stop = new StopSignals(Stop);
        var exitCode = await new HostApplication(context).RunAsync(arguments, stop);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
