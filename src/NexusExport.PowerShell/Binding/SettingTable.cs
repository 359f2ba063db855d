using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;

namespace NexusExport.PowerShell.Binding;

/// <summary>Turns a -Setting table into plain values. A secret is refused, because what is registered is kept as it is written.</summary>
internal static class SettingTable
{
    /// <summary>The values by name. Throws CONFIGURATION_INVALID for a SecureString or PSCredential.</summary>
    public static IReadOnlyDictionary<string, object?> Read(Hashtable? table)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? [])
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            values[name] = Plain(name, entry.Value);
        }

        return values;
    }

    private static object? Plain(string name, object? value) => value switch
    {
        PSObject wrapped => Plain(name, wrapped.BaseObject),
        SecureString or PSCredential => throw Refuse(name),
        null or string or bool or byte or short or int or long or float or double or decimal => value,
        SwitchParameter flag => flag.IsPresent,
        Hashtable table => Read(table),
        IEnumerable items => items.Cast<object?>().Select(item => Plain(name, item)).ToArray(),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    private static ExportException Refuse(string name) => new(new ExportFault(
        ExportErrorCode.ConfigurationInvalid,
        $"'{name}' is given as a secret itself, which the database does not keep: write a reference to it, env:NAME, file:PATH or secret:VAULT/NAME.")
    {
        RecommendedAction = "Keep the secret with Set-Secret (Microsoft.PowerShell.SecretManagement), in a variable or in a file, and write where it is.",
    });
}
