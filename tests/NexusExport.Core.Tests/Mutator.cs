using System.Text;

namespace NexusExport.Tests;

/// <summary>Damages a file as editors, merges, copies and bad disks do, and as somebody who means harm would. The same seed gives the same damage.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<string> tokens)
{
    private const int MostChanges = 4;

    private static readonly string[] Anywhere =
    [
        "\0", "\t", "\r", "\n", "\r\n", " ", "    ", "\uFEFF", "\u0085", "\u2028", "\u00A0", "\u001B", "\u007F", "\uFFFF", "\uFFFD", "😀", "ß", "e\u0301",
        "\"", "'", "\\", "\\x", "\\u", "\\U0010FFFF", "%", "${", "}", "0", "-1", "99999999999999999999", "1e999", "NaN", "null", "~", "true",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A damaged copy of <paramref name="content"/>.</summary>
    public byte[] Damage(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        for (var change = _random.Next(1, MostChanges + 1); change > 0; change--)
        {
            text = Change(text);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return _random.Next(8) == 0 ? Corrupt(bytes) : bytes;
    }

    private string Change(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = _random.Next(Math.Min(20, text.Length - at) + 1);
        return _random.Next(9) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text.Insert(at, Pick(tokens)),
            4 => text.Insert(at, Pick(Anywhere)),
            5 => text.Remove(at, length).Insert(at, Pick(tokens)),
            6 => text.Insert(at, new string(Pick(Anywhere)[0], _random.Next(1, 400))),
            7 => SwapLines(text),
            _ => InsertAtLine(text, Pick(tokens)),
        };
    }

    private string SwapLines(string text)
    {
        var lines = text.Split('\n');
        var (one, other) = (_random.Next(lines.Length), _random.Next(lines.Length));
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return string.Join('\n', lines);
    }

    private string InsertAtLine(string text, string token)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(_random.Next(lines.Count + 1), token);
        return string.Join('\n', lines);
    }

    private byte[] Corrupt(byte[] bytes)
    {
        for (var change = 0; change < 3 && bytes.Length > 0; change++)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    private string Pick(IReadOnlyList<string> from) => from[_random.Next(from.Count)];
}
