using System.Collections;
using System.Globalization;

namespace NexusExport.Routing.Plugins;

/// <summary>
/// Copies what a plugin gave into values that can be written down and shown at any later time: null, text, numbers, times, lists and
/// dictionaries. Anything else becomes its text. A copy is bounded in depth and size, and whatever the plugin's objects throw, it goes on
/// with the next.
/// </summary>
internal static class PlainValue
{
    /// <summary>Longest text that is kept, in characters.</summary>
    public const int MaxText = 32 * 1024;

    /// <summary>Most values that one copy holds, those within others included.</summary>
    public const int MaxValues = 10_000;

    private const int DeepestLevel = 8;

    /// <summary>
    /// A copy of named values; empty for null. One of them that has no end leaves no room for what is in the others, but each of them is there.
    /// </summary>
    public static IReadOnlyDictionary<string, object?> Members(IEnumerable<KeyValuePair<string, object?>>? values)
    {
        var room = MaxValues;
        return values is null ? new Dictionary<string, object?>(StringComparer.Ordinal) : Named(values, 0, ref room);
    }

    /// <summary>The first elements of a list that somebody else made, without nulls; empty for null.</summary>
    public static IReadOnlyList<T> Elements<T>(IEnumerable<T?>? list, int most)
        where T : class
    {
        var copy = new List<T>();
        if (list is null)
        {
            return copy;
        }

        foreach (var item in Walk(list).Take(most))
        {
            if (item is T element)
            {
                copy.Add(element);
            }
        }

        return copy;
    }

    /// <summary>A text no longer than <see cref="MaxText"/>, whole characters only; null for null.</summary>
    public static string? Text(string? text) => text is { Length: > MaxText }
        ? text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)]
        : text;

    /// <summary>What an object says of itself; the name of its type where that fails.</summary>
    public static string? TextOf(object value)
    {
        try
        {
            return Text(Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        catch (Exception)
        {
            // An object that cannot even tell its own text is worth no record.
            return value.GetType().Name;
        }
    }

    private static object? Copy(object? value, int level, ref int room)
    {
        room--;
        return value switch
        {
            null => null,
            string text => Text(text),
            bool or sbyte or byte or short or ushort or int or uint or long or float or double or decimal => value,
            DateTimeOffset or DateTime or TimeSpan => value,
            _ when level >= DeepestLevel || room <= 0 => TextOf(value),
            IEnumerable<KeyValuePair<string, object?>> members => Named(members, level, ref room),
            IDictionary dictionary => Keyed(dictionary, level, ref room),
            IEnumerable list => Listed(list, level, ref room),
            _ => TextOf(value),
        };
    }

    private static Dictionary<string, object?> Named(IEnumerable<KeyValuePair<string, object?>> members, int level, ref int room)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in Walk(members).Take(MaxValues))
        {
            if (room <= 0 && level > 0)
            {
                break;
            }

            if (item is KeyValuePair<string, object?> { Key: { } name } member)
            {
                copy[Text(name)!] = Copy(member.Value, level + 1, ref room);
            }
        }

        return copy;
    }

    private static Dictionary<string, object?> Keyed(IDictionary dictionary, int level, ref int room)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in Walk(dictionary))
        {
            if (room <= 0)
            {
                break;
            }

            if (item is DictionaryEntry { Key: { } key } entry)
            {
                copy[TextOf(key) ?? string.Empty] = Copy(entry.Value, level + 1, ref room);
            }
        }

        return copy;
    }

    private static List<object?> Listed(IEnumerable list, int level, ref int room)
    {
        var copy = new List<object?>();
        foreach (var item in Walk(list))
        {
            if (room <= 0)
            {
                break;
            }

            copy.Add(Copy(item, level + 1, ref room));
        }

        return copy;
    }

    // Ends where the list throws: what came before is there all the same.
    private static IEnumerable<object?> Walk(IEnumerable list)
    {
        using var walker = Safely(list.GetEnumerator);
        while (walker.TryNext(out var item))
        {
            yield return item;
        }
    }

    private static Walker Safely(Func<IEnumerator> start)
    {
        try
        {
            return new(start());
        }
        catch (Exception)
        {
            return new(null);
        }
    }

    private sealed class Walker(IEnumerator? list) : IDisposable
    {
        public bool TryNext(out object? item)
        {
            try
            {
                item = null;
                if (list?.MoveNext() is not true)
                {
                    return false;
                }

                item = list.Current;
                return true;
            }
            catch (Exception)
            {
                item = null;
                return false;
            }
        }

        public void Dispose()
        {
            try
            {
                (list as IDisposable)?.Dispose();
            }
            catch (Exception)
            {
                // Nobody is left whom it would concern.
            }
        }
    }
}
