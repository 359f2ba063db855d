using System.Management.Automation;
using System.Management.Automation.Runspaces;
using NexusExport.Destinations.Plugins;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Plugins;

/// <summary>
/// Runs script plugins on the cmdlet's pipeline thread, one after the other. Each file runs in a module of its own, so that its functions and
/// variables are there for its script blocks and for nobody else; an error ends a script unless it is handled.
/// </summary>
internal sealed class PowerShellPluginHost(CommandInvocationIntrinsics commands, CmdletPump pump) : IScriptPluginHost
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

    private const string BlockRunner = "param($code, $argument) & $code $argument";

    /// <inheritdoc/>
    public IReadOnlyList<object?> RunFile(string path) => Run(FileRunner, path);

    /// <inheritdoc/>
    public Task<IReadOnlyList<object?>> InvokeAsync(ScriptCode code, object? argument, TimeSpan limit, CancellationToken cancellationToken) =>
        pump.AskAsync(() => RunWithin(limit, code.Block, argument, cancellationToken), cancellationToken);

    private static IReadOnlyList<object?> Translated(Func<IEnumerable<object?>> run)
    {
        try
        {
            return [.. run().Select(value => ScriptValue.ToPlain(value))];
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

    private IReadOnlyList<object?> Run(string script, params object?[] arguments) =>
        Translated(() => commands.InvokeScript(script, useNewScope: true, PipelineResultTypes.None, input: null, arguments));

    private static IReadOnlyList<object?> RunWithin(TimeSpan limit, object block, object? argument, CancellationToken cancellationToken)
    {
        using var script = new TimedScript(limit);
        try
        {
            return Translated(() => script.Run(BlockRunner, cancellationToken, block, argument));
        }
        catch (OperationCanceledException ex) when (script.IsOverdue)
        {
            throw new TimeoutException("The script was stopped, for it took too long.", ex);
        }
    }
}
