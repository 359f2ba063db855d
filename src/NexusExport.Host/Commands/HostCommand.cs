using System.CommandLine;
using NexusExport.Host.Diagnostics;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;
using Spectre.Console;

namespace NexusExport.Host.Commands;

/// <summary>A command of ours: turns whatever ends it early into a message and an exit code.</summary>
internal abstract class HostCommand : Command
{
    // A progress bar hides it (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, DECTCEM).
    private const string ShowCursor = "\e[?25h";

    private readonly StopSignals _stop;

    protected HostCommand(string name, string description, HostContext context, CommonOptions common, StopSignals stop)
        : base(name, description)
    {
        Context = context;
        Common = common;
        _stop = stop;
        SetAction(RunAsync);
    }

    protected HostContext Context { get; }

    protected CommonOptions Common { get; }

    /// <summary>Does the work and returns an <see cref="ExitCode"/>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="log">Where diagnostics go.</param>
    /// <param name="errorConsole">Spectre's console on standard error; null where that is no terminal.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    protected abstract Task<int> RunAsync(ParseResult parsed, DiagnosticLog log, IAnsiConsole? errorConsole, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var errorConsole = Context.ErrorIsTerminal ? Terminal.Error(Context) : null;
        var log = new DiagnosticLog(new SteadyDiagnosticWriter(Writer(parsed, errorConsole), Context.Lost), Context.Time, parsed.GetValue(Common.Verbose));
        _stop.LastWords = () => TellUnclean(log);
        var exitCode = await GuardAsync(parsed, log, errorConsole, cancellationToken);
        if (Context.Lost.Reason is { } reason)
        {
            log.Warning("ReportLost", $"{reason} 'nexus-export log' shows what was done.");
        }

        return exitCode;
    }

    private async Task<int> GuardAsync(ParseResult parsed, DiagnosticLog log, IAnsiConsole? errorConsole, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(parsed, log, errorConsole, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.Warning("Stopped", "Stopped on request. What was finished is in the log; run the command again for the rest.");
            return _stop.ExitCode;
        }
        catch (ExportException exception)
        {
            log.Fault("CannotRun", exception.Fault, exception);
            return ExitCode.CannotRun;
        }
        catch (Exception exception)
        {
            // The last place before the user: a bug of ours gets one line and an exit code, and its stack trace on request.
            log.Fault("UnexpectedFailure", Unexpected(exception), exception);
            return ExitCode.CannotRun;
        }
    }

    private void TellUnclean(DiagnosticLog log)
    {
        if (Context.ErrorIsTerminal)
        {
            Context.Error.Write(ShowCursor);
        }

        log.Warning("Stopped", "Stopped on request, in the middle of something that did not end in time. The next run finds out what became of it and does the rest.");
    }

    private static ExportFault Unexpected(Exception exception) =>
        new(ExportErrorCode.UnexpectedFailure, $"{exception.GetType().Name}: {exception.Message}")
        {
            RecommendedAction = "Run the command again with --verbose and report what it prints.",
        };

    private IDiagnosticWriter Writer(ParseResult parsed, IAnsiConsole? errorConsole)
    {
        if (parsed.GetValue(Common.LogFormat) == LogFormat.Json)
        {
            return new JsonDiagnosticWriter(Context.Error);
        }

        return new TextDiagnosticWriter(errorConsole is null ? Context.Error.WriteLine : errorConsole.WriteLine);
    }
}
