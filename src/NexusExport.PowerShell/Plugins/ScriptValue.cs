using System.Collections;
using System.Management.Automation;
using NexusExport.Routing.Plugins;

namespace NexusExport.PowerShell.Plugins;

/// <summary>
/// Turns what a script wrote into what Core understands: no PowerShell type gets there. A copy is bounded, for an object may hold itself, and
/// a property that throws is left out, for the record is there already when its script describes it.
/// </summary>
internal sealed class ScriptValue
{
    private const int DeepestNesting = 8;
    private const int MostValues = 10_000;

    // An object of a PowerShell or .NET class counts as one of ours by the member that it cannot do without.
    private static readonly string[] TellingMembers = ["Export", "RecordId", "RecordUrl", "Success", "Code"];

    private int _room = MostValues;

    private ScriptValue()
    {
    }

    /// <summary>null, a plain value, a list, or a dictionary with case-insensitive keys; what is none of these stays as it is.</summary>
    public static object? ToPlain(object? value) => new ScriptValue().Copy(value, 0);

    private object? Copy(object? value, int depth)
    {
        _room--;
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null or string => plain,
            ScriptBlock block => new ScriptCode(block),
            IDictionary or IList or PSCustomObject when depth > DeepestNesting || _room <= 0 => Attempt(plain.ToString),
            IDictionary dictionary => Members(dictionary, depth),
            IList list => Elements(list, depth),
            PSCustomObject => Members(PSObject.AsPSObject(value), depth),
            _ when depth <= DeepestNesting && _room > 0 && HasTellingMember(PSObject.AsPSObject(plain)) => Members(PSObject.AsPSObject(plain), depth),
            _ => plain,
        };
    }

    private static bool HasTellingMember(PSObject value) => Array.Exists(TellingMembers, name => Attempt(() => value.Properties[name]) is not null);

    private List<object?> Elements(IList list, int depth)
    {
        var elements = new List<object?>();
        Walk(list, depth, item => elements.Add(Copy(item, depth + 1)));
        return elements;
    }

    private Dictionary<string, object?> Members(IDictionary dictionary, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        Walk(dictionary, depth, item =>
        {
            if (item is DictionaryEntry entry && Attempt(entry.Key.ToString) is { } name)
            {
                members[name] = Copy(entry.Value, depth + 1);
            }
        });
        return members;
    }

    private Dictionary<string, object?> Members(PSObject value, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        Walk(value.Properties, depth, item =>
        {
            if (item is PSPropertyInfo { IsGettable: true } property)
            {
                members[property.Name] = Copy(Attempt(() => property.Value), depth + 1);
            }
        });
        return members;
    }

    // One member that has no end leaves none for what is in others, but the members themselves are all there.
    private void Walk(IEnumerable items, int depth, Action<object?> each)
    {
        var walker = Attempt(items.GetEnumerator);
        var most = depth == 0 ? MostValues : _room;
        while (most-- > 0 && (depth == 0 || _room > 0) && walker is not null && Attempt(() => walker.MoveNext() ? new Item(walker.Current) : null) is { } item)
        {
            each(item.Value);
        }
    }

    private static T? Attempt<T>(Func<T?> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // Somebody else's object: what it does not tell is not known, and nothing more.
            return null;
        }
    }

    private sealed record Item(object? Value);
}
