using System.Collections;

namespace NexusExport.Tests.Routing.Plugins;

/// <summary>Objects that somebody's plugin may hand over.</summary>
internal static class OddValues
{
    /// <summary>By name: endless, throwing, deep, round, long and strange ones.</summary>
    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["endless"] = Endless<object?>("more"),
        ["throwing list"] = Throwing<object?>("first"),
        ["throwing enumerator"] = new NoEnumerator<object?>(),
        ["throwing text"] = new Mute(),
        ["no text"] = new Silent(),
        ["round"] = Round(),
        ["deep"] = Deep(5000),
        ["wide and deep"] = Wide(8),
        ["long"] = new string('x', 5_000_000),
        ["half a character"] = "a\ud800",
        ["dictionary of others"] = new Hashtable { [1] = 2, [new Mute()] = new Mute() },
        ["endless dictionary"] = new EndlessDictionary(),
        ["null"] = null,
        ["not a number"] = double.NaN,
        ["stream"] = new MemoryStream(),
        ["exception"] = new MuteException(),
        ["task"] = new TaskCompletionSource<object?>().Task,
        ["delegate"] = new Action(() => throw new InvalidOperationException()),
    };

    public static IEnumerable<T> Endless<T>(T item)
    {
        while (true)
        {
            yield return item;
        }
    }

    public static IEnumerable<T> Throwing<T>(params T[] first)
    {
        foreach (var item in first)
        {
            yield return item;
        }

        throw new InvalidOperationException("The list ends here.");
    }

    private static List<object?> Round()
    {
        var list = new List<object?> { "me" };
        list.Add(list);
        return list;
    }

    private static object Deep(int levels)
    {
        object at = "end";
        for (var level = 0; level < levels; level++)
        {
            at = new object[] { at };
        }

        return at;
    }

    private static Dictionary<string, object?> Wide(int levels)
    {
        var at = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var level = 0; level < levels; level++)
        {
            at = Enumerable.Range(0, 20).ToDictionary(number => $"k{number}", object? (_) => at, StringComparer.Ordinal);
        }

        return at;
    }

    /// <summary>A list whose every member throws or never ends.</summary>
    public sealed class EndlessList<T>(T item) : IReadOnlyList<T>
    {
        public int Count => int.MaxValue;

        public T this[int index] => item;

        public IEnumerator<T> GetEnumerator() => Endless(item).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("It has no message.");

        public override string ToString() => throw new InvalidOperationException("It has no text.");
    }

    private sealed class Mute
    {
        public override string ToString() => throw new InvalidOperationException("It has no text.");
    }

    private sealed class Silent
    {
        public override string? ToString() => null;
    }

    private sealed class NoEnumerator<T> : IEnumerable<T>
    {
        public IEnumerator<T> GetEnumerator() => throw new InvalidOperationException("It cannot be gone through.");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class EndlessDictionary : IReadOnlyDictionary<string, object?>
    {
        private int _asked;

        public int Count => int.MaxValue;

        public IEnumerable<string> Keys => Endless("key");

        public IEnumerable<object?> Values => Endless<object?>(null);

        public object? this[string key] => throw new InvalidOperationException("It gives nothing away.");

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out object? value) => throw new InvalidOperationException("It gives nothing away.");

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            while (true)
            {
                yield return new($"key {_asked++}", null);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
