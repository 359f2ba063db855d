namespace NexusExport.Tests;

/// <summary>A folder of one test's own, gone afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "nexus-export-tests", Guid.NewGuid().ToString("n"));

    /// <summary>Full path of a file in the folder; its parent folders are made.</summary>
    public string this[string relativePath]
    {
        get
        {
            var full = System.IO.Path.Combine(Path, relativePath);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            return full;
        }
    }

    /// <summary>Writes a text file (UTF-8, no byte order mark) and returns its full path.</summary>
    public string Write(string relativePath, string text)
    {
        File.WriteAllText(this[relativePath], text);
        return this[relativePath];
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner or a child process may hold a file for a moment; the folder is in the system's temp folder anyway.
        }
        catch (UnauthorizedAccessException)
        {
            // Likewise.
        }
    }
}
