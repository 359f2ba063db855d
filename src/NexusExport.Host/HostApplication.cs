using System.CommandLine;
using System.CommandLine.Invocation;
using NexusExport.Host.Commands;

namespace NexusExport.Host;

/// <summary>The nexus-export program: arguments in, exit code out.</summary>
internal sealed class HostApplication(HostContext context)
{
    /// <summary>The program in the real world.</summary>
    public static HostApplication FromProcess() => new(HostContext.FromProcess());

    /// <summary>Runs one command line and returns its <see cref="ExitCode"/>. Throws nothing.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, StopSignals stop)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Exports lab records to the repositories that a lab uses, and keeps a log of what went where.")
        {
            new ExportCommand(context, common, stop),
            new LogCommand(context, common, stop),
            new TestCommand(context, common, stop),
            new UpdateDatabaseCommand(context, common, stop),
            new ConfigCommand(context, common, stop),
        };
        common.AddTo(root);

        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await context.Error.WriteLineAsync($"nexus-export: {error.Message}");
            }

            await context.Error.WriteLineAsync($"Run '{CommandPath(parsed)} --help' for the options.");
            return ExitCode.CannotRun;
        }

        // Signals are handled by StopSignals, exceptions by HostCommand: both have exit codes of ours.
        var invocation = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, stop.Token);
    }

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "nexus-export" : $"nexus-export {parsed.CommandResult.Command.Name}";
}
