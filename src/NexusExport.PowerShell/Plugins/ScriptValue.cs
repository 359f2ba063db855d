using System.Collections;
using System.Management.Automation;
using NexusExport.Destinations.Plugins;

namespace NexusExport.PowerShell.Plugins;

/// <summary>Turns what a script wrote into what Core understands: no PowerShell type gets there.</summary>
internal static class ScriptValue
{
    private const int DeepestNesting = 8;

    // An object of a PowerShell or .NET class counts as one of ours by the member that it cannot do without.
    private static readonly string[] TellingMembers = ["Export", "RecordId", "RecordUrl", "Success", "Code"];

    /// <summary>null, a plain value, a list, or a dictionary with case-insensitive keys; what is none of these stays as it is.</summary>
    public static object? ToPlain(object? value, int depth = 0)
    {
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            _ when depth > DeepestNesting => plain?.ToString(),
            null or string => plain,
            ScriptBlock block => new ScriptCode(block),
            IDictionary dictionary => Members(dictionary, depth),
            IList list => list.Cast<object?>().Select(item => ToPlain(item, depth + 1)).ToList(),
            PSCustomObject => Members(PSObject.AsPSObject(value), depth),
            _ when HasTellingMember(PSObject.AsPSObject(plain)) => Members(PSObject.AsPSObject(plain), depth),
            _ => plain,
        };
    }

    private static bool HasTellingMember(PSObject value) => Array.Exists(TellingMembers, name => value.Properties[name] is not null);

    private static Dictionary<string, object?> Members(IDictionary dictionary, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in dictionary)
        {
            members[entry.Key.ToString() ?? string.Empty] = ToPlain(entry.Value, depth + 1);
        }

        return members;
    }

    private static Dictionary<string, object?> Members(PSObject value, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in value.Properties.Where(property => property.IsGettable))
        {
            members[property.Name] = ToPlain(property.Value, depth + 1);
        }

        return members;
    }
}
