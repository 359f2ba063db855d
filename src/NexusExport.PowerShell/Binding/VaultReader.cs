using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace NexusExport.PowerShell.Binding;

/// <summary>Reads secret:VAULT/NAME through Microsoft.PowerShell.SecretManagement, where that module is installed. Pipeline thread only.</summary>
internal sealed class VaultReader(CommandInvocationIntrinsics commands)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";
    private const string Script = $@"param($vault, $name) {Module}\Get-Secret -Vault $vault -Name $name -AsPlainText -ErrorAction Stop";

    /// <summary>
    /// The secret: a text, a SecureString or a PSCredential's password; null where the vault gives nothing. Throws SECRET_UNAVAILABLE with the
    /// vault's own reason: the module is missing, the vault is locked or not registered, there is no such secret.
    /// </summary>
    public string? Read(string vault, string name)
    {
        try
        {
            var found = commands.InvokeScript(Script, useNewScope: true, PipelineResultTypes.None, input: null, vault, name);
            return Text(found.FirstOrDefault()?.BaseObject, vault, name);
        }
        catch (CommandNotFoundException ex) when (ex.InnerException is null)
        {
            throw Unavailable(vault, name, $"the module {Module} is not installed for this user ({ex.Message})", $"Install-Module {Module} (with a vault), or write the reference as env:NAME or file:PATH.", ex);
        }
        catch (RuntimeException ex) when (ex is not PipelineStoppedException)
        {
            // Under -ErrorAction Stop the exception itself says no more than that it stopped.
            throw Unavailable(vault, name, ex.ErrorRecord?.Exception.Message ?? ex.Message, "Look with Get-SecretVault and Get-SecretInfo, as the user that runs this command; unlock the vault (for tasks: without a password or by Unlock-SecretStore).", ex);
        }
    }

    private static string? Text(object? secret, string vault, string name) => secret switch
    {
        null => null,
        string text => text,
        PSCredential credential => credential.GetNetworkCredential().Password,
        SecureString secure => new System.Net.NetworkCredential(string.Empty, secure).Password,
        _ => throw Unavailable(
            vault,
            name,
            $"it is a {secret.GetType().Name}, not a text or a credential",
            "Keep it with Set-Secret as a text, a SecureString or a PSCredential, of which the password is taken."),
    };

    private static ExportException Unavailable(string vault, string name, string reason, string advice, Exception? cause = null) =>
        new(new ExportFault(ExportErrorCode.SecretUnavailable, $"secret:{vault}/{name} cannot be read: {reason.TrimEnd('.')}.") { RecommendedAction = advice }, cause);
}
