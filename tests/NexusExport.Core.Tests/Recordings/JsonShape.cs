using System.Text.Json;

namespace NexusExport.Tests.Recordings;

/// <summary>Compares the shapes of two JSON texts: the same keys with the same types, null where the other has null. Values may differ.</summary>
internal static class JsonShape
{
    /// <summary>What is different, a line each, with its path; empty where the shapes agree. Of lists the first elements are compared.</summary>
    public static IReadOnlyList<string> Differences(string recorded, string actual)
    {
        using var expected = JsonDocument.Parse(recorded);
        using var found = JsonDocument.Parse(actual);
        return [.. Compare("$", expected.RootElement, found.RootElement)];
    }

    private static IEnumerable<string> Compare(string path, JsonElement expected, JsonElement found)
    {
        if (Kind(expected) != Kind(found))
        {
            return [$"{path}: {Kind(expected)} was recorded, {Kind(found)} is given"];
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => CompareObjects(path, expected, found),
            JsonValueKind.Array when expected.GetArrayLength() > 0 != found.GetArrayLength() > 0 =>
                [$"{path}: {expected.GetArrayLength()} elements were recorded, {found.GetArrayLength()} are given"],
            JsonValueKind.Array when expected.GetArrayLength() > 0 => Compare($"{path}[0]", expected[0], found[0]),
            _ => [],
        };
    }

    private static IEnumerable<string> CompareObjects(string path, JsonElement expected, JsonElement found)
    {
        foreach (var field in expected.EnumerateObject())
        {
            if (!found.TryGetProperty(field.Name, out var other))
            {
                yield return $"{path}.{field.Name}: is missing";
                continue;
            }

            foreach (var difference in Compare($"{path}.{field.Name}", field.Value, other))
            {
                yield return difference;
            }
        }

        foreach (var field in found.EnumerateObject().Where(field => !expected.TryGetProperty(field.Name, out _)))
        {
            yield return $"{path}.{field.Name}: was not recorded";
        }
    }

    private static string Kind(JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : element.ValueKind.ToString();
}
