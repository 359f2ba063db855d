using System.CommandLine;
using NexusExport.Host.Diagnostics;
using NexusExport.Host.Reporting;
using Spectre.Console;

namespace NexusExport.Host.Commands;

/// <summary>A command that opens the core: says what is wrong with the configuration, and turns whatever ends it early into an exit code.</summary>
internal abstract class HostCommand : Command
{
    private readonly HostContext _context;
    private readonly CommonOptions _common;
    private readonly StopSignals _stop;

    protected HostCommand(string name, string description, HostContext context, CommonOptions common, StopSignals stop)
        : base(name, description)
    {
        _context = context;
        _common = common;
        _stop = stop;
        SetAction(OpenAndRunAsync);
    }

    /// <summary>Does the work and returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken);

    private async Task<int> OpenAndRunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var errorConsole = _context.ErrorIsTerminal ? Terminal.Error(_context) : null;
        var log = new DiagnosticLog(Writer(parsed, errorConsole), _context.Time, parsed.GetValue(_common.Verbose));
        try
        {
            await using var engine = ExportEngine.Open(new EngineOptions
            {
                ConfigPath = parsed.GetValue(_common.Config),
                Environment = _context.Environment,
                Log = log,
                Time = _context.Time,
            });
            Tell(engine, log);
            return await RunAsync(new CommandRun(_context, parsed, engine, log, errorConsole), cancellationToken);
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

    private static ExportFault Unexpected(Exception exception) =>
        new(ExportErrorCode.UnexpectedFailure, $"{exception.GetType().Name}: {ResultText.OneLine(exception.Message)}")
        {
            RecommendedAction = "Run the command again with --verbose and report what it prints.",
        };

    private static void Tell(ExportEngine engine, DiagnosticLog log)
    {
        foreach (var warning in engine.Settings.Warnings)
        {
            log.Warning("Configuration", warning);
        }

        foreach (var notice in engine.Settings.Notices)
        {
            log.Notice("Configuration", notice);
        }
    }

    private IDiagnosticWriter Writer(ParseResult parsed, IAnsiConsole? errorConsole)
    {
        if (parsed.GetValue(_common.LogFormat) == LogFormat.Json)
        {
            return new JsonDiagnosticWriter(_context.Error);
        }

        return new TextDiagnosticWriter(errorConsole is null ? _context.Error.WriteLine : errorConsole.WriteLine);
    }
}
