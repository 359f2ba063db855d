using System.Text;

namespace NexusExport.Configuration.Sources;

/// <summary>Reads the small text files that configuration consists of.</summary>
internal static class TextFile
{
    /// <summary>The largest file that can be meant as settings.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The whole text (UTF-8, or what its byte order mark says). Throws IOException if it is no file or larger than <see cref="MaxBytes"/>.</summary>
    public static string Read(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        var content = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > MaxBytes)
        {
            throw new IOException($"the file is larger than {MaxBytes} bytes");
        }

        using var reader = new StreamReader(new MemoryStream(content, 0, length), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
