namespace NexusExport.Tests.Architecture;

/// <summary>A text file of this folder that says what is public; whoever changes that changes the file with it, and a reviewer sees both.</summary>
internal static class SurfaceBaseline
{
    private static readonly string Folder = Path.Combine(SharedFixtures.Repository, "tests", "NexusExport.Core.Tests", "Architecture");

    /// <summary>Fails with the lines that came and went, and with the command that accepts them.</summary>
    public static void Hold(string fileName, IEnumerable<string> surface)
    {
        var baseline = Path.Combine(Folder, fileName);
        var expected = File.Exists(baseline) ? File.ReadAllLines(baseline) : [];
        var actual = surface.ToArray();
        if (actual.SequenceEqual(expected, StringComparer.Ordinal))
        {
            return;
        }

        var found = Path.Combine(AppContext.BaseDirectory, fileName);
        File.WriteAllText(found, string.Concat(actual.Select(line => line + '\n')));
        var changes = string.Join('\n', Changes(expected, actual));
        Assert.Fail($"What is public differs from {fileName}:\n{changes}\nIf that is meant, accept it:\ncp '{found}' '{baseline}'");
    }

    // A member's line says nothing without its type's.
    private static IEnumerable<string> Changes(string[] expected, string[] actual)
    {
        var before = WithTypes(expected);
        var after = WithTypes(actual);
        return before.Except(after).Select(line => "- " + line)
            .Concat(after.Except(before).Select(line => "+ " + line))
            .DefaultIfEmpty("(the order of the lines)");
    }

    private static List<string> WithTypes(string[] lines)
    {
        var type = string.Empty;
        return [.. lines.Where(line => line.Length > 0).Select(line => line.StartsWith(' ') ? $"{type}: {line.Trim()}" : type = line)];
    }
}
