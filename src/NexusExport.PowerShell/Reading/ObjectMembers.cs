using System.Collections;
using System.Management.Automation;

namespace NexusExport.PowerShell.Reading;

/// <summary>The members of any object by name, of a hashtable the entries.</summary>
internal static class ObjectMembers
{
    /// <summary>The value without PowerShell's wrapping; null where there is no such member or it cannot be read.</summary>
    public static object? Get(PSObject owner, string name)
    {
        if (owner.BaseObject is IDictionary entries)
        {
            return Plain(entries.Keys.Cast<object>()
                .Where(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                .Select(key => entries[key])
                .FirstOrDefault());
        }

        try
        {
            return Plain(owner.Properties[name]?.Value);
        }
        catch (GetValueException)
        {
            // A property that throws (of a plugin's class, of a process that is gone) tells nothing.
            return null;
        }
    }

    private static object? Plain(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } => null,
        PSObject wrapped => Plain(wrapped.BaseObject),
        IList several => several.Cast<object?>().Select(Plain).ToList(),
        _ => value,
    };
}
