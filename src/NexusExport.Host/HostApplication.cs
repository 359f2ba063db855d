using System.CommandLine;
using System.CommandLine.Invocation;
using NexusExport.Host.Commands;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Output;

namespace NexusExport.Host;

/// <summary>The nexus-export program: arguments in, exit code out.</summary>
internal sealed class HostApplication
{
    private readonly HostContext _context;

    /// <param name="context">The outside world; its streams may fail as they like.</param>
    public HostApplication(HostContext context) => _context = context with
    {
        Out = new ReportWriter(context.Out, "Standard output", context.Lost),
        Error = new ReportWriter(context.Error, "Standard error", context.Lost),
    };

    /// <summary>The program in the real world.</summary>
    public static HostApplication FromProcess() => new(HostContext.FromProcess());

    /// <summary>Runs one command line and returns its <see cref="ExitCode"/>. Throws nothing.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, StopSignals stop)
    {
        var code = await InvokeAsync(arguments, stop);
        return code == ExitCode.Success && _context.Lost.Reason is not null ? ExitCode.NotTold : code;
    }

    private async Task<int> InvokeAsync(IReadOnlyList<string> arguments, StopSignals stop)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Exports lab records to the repositories that a lab uses, and keeps a log of what went where.")
        {
            new ExportCommand(_context, common, stop),
            new LogCommand(_context, common, stop),
            new TestCommand(_context, common, stop),
            new UpdateDatabaseCommand(_context, common, stop),
            new ConfigCommand(_context, common, stop),
        };
        common.AddTo(root);

        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await _context.Error.WriteLineAsync($"nexus-export: {VisibleText.Line(error.Message)}");
            }

            await _context.Error.WriteLineAsync($"Run '{CommandPath(parsed)} --help' for the options.");
            return ExitCode.CannotRun;
        }

        // Signals are handled by StopSignals, exceptions by HostCommand: both have exit codes of ours.
        var invocation = new InvocationConfiguration
        {
            Output = _context.Out,
            Error = _context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, stop.Token);
    }

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "nexus-export" : $"nexus-export {parsed.CommandResult.Command.Name}";
}
