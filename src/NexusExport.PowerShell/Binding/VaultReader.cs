using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace NexusExport.PowerShell.Binding;

/// <summary>Reads secret:VAULT/NAME through Microsoft.PowerShell.SecretManagement, where that module is installed. Pipeline thread only.</summary>
internal sealed class VaultReader(CommandInvocationIntrinsics commands)
{
    private const string Command = @"Microsoft.PowerShell.SecretManagement\Get-Secret";

    /// <summary>The secret; null where there is no such secret, vault or module.</summary>
    public string? Read(string vault, string name)
    {
        if (commands.GetCommand(Command, CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            return null;
        }

        try
        {
            var found = commands.InvokeScript(
                $"param($vault, $name) {Command} -Vault $vault -Name $name -AsPlainText -ErrorAction Stop",
                useNewScope: true,
                PipelineResultTypes.None,
                input: null,
                vault,
                name);
            return found.FirstOrDefault()?.BaseObject as string;
        }
        catch (RuntimeException ex) when (ex is not PipelineStoppedException)
        {
            // Locked, unknown or refused: Core says which setting has no secret.
            return null;
        }
    }
}
