using System.CommandLine;
using NexusExport.Host.Diagnostics;
using NexusExport.Host.Lifetime;
using Spectre.Console;

namespace NexusExport.Host.Export;

/// <summary>What a command works with while it runs.</summary>
/// <param name="Context">The outside world.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Engine">The core, opened with the command's configuration.</param>
/// <param name="Log">Where diagnostics go.</param>
/// <param name="ErrorConsole">Spectre's console on standard error, through which text diagnostics go, too, so that they do not cut
/// a progress bar in two; null where standard error is no terminal.</param>
internal sealed record CommandRun(HostContext Context, ParseResult Parsed, ExportEngine Engine, DiagnosticLog Log, IAnsiConsole? ErrorConsole);
