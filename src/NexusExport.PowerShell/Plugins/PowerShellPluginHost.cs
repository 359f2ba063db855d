using System.Management.Automation;
using NexusExport.PowerShell.Pumping;
using NexusExport.Routing.Plugins;

namespace NexusExport.PowerShell.Plugins;

/// <summary>
/// Runs script plugins on the cmdlet's pipeline thread, one after the other. Each file runs in a module of its own, so that its functions and
/// variables are there for its script blocks and for nobody else; an error ends a script unless it is handled.
/// </summary>
internal sealed class PowerShellPluginHost(CmdletPump pump, CancellationToken stopToken) : IScriptPluginHost
{
    private const string FileRunner =
        """
        param($path)
        Microsoft.PowerShell.Core\New-Module -ReturnResult -ArgumentList $path -ScriptBlock {
            param($path)
            Microsoft.PowerShell.Core\Export-ModuleMember
            $ErrorActionPreference = 'Stop'
            . $path
        }
        """;

    // A file says what there is, and does nothing yet; loading a module may take a while.
    private static readonly TimeSpan FileLimit = TimeSpan.FromMinutes(1);

    private const string BlockRunner = "param($code, $argument) & $code $argument";

    /// <inheritdoc/>
    public IReadOnlyList<object?> RunFile(string path) => RunWithin(FileLimit, FileRunner, [path], stopToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<object?>> InvokeAsync(ScriptCode code, object? argument, TimeSpan limit, CancellationToken cancellationToken) =>
        pump.AskAsync(() => RunWithin(limit, BlockRunner, [code.Block, ScriptArgument.Of(argument)], cancellationToken), cancellationToken);

    private static IReadOnlyList<object?> Translated(Func<IEnumerable<object?>> run)
    {
        try
        {
            return [.. run().Select(ScriptValue.ToPlain)];
        }
        catch (PipelineStoppedException ex)
        {
            throw new OperationCanceledException("The pipeline was stopped.", ex);
        }
        catch (RuntimeException ex)
        {
            throw ScriptError.Translate(ex);
        }
    }

    private static IReadOnlyList<object?> RunWithin(TimeSpan limit, string text, object?[] arguments, CancellationToken cancellationToken)
    {
        using var script = new TimedScript(limit);
        try
        {
            return Translated(() => script.Run(text, cancellationToken, arguments));
        }
        catch (OperationCanceledException ex) when (script.IsOverdue)
        {
            throw new TimeoutException("The script was stopped, for it took too long.", ex);
        }
    }
}
