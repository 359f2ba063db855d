using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Names the branch that proposes a record: the same for the same content of the same session and name, so that whoever tries again finds
/// what an earlier attempt left, in this run or another. Its first half is that of every content of the record.
/// </summary>
internal static class GitHubExportBranch
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "nexus-export-";

    private const int Digits = 12;

    /// <summary>nexus-export-, twelve hexadecimal digits of session and name, -, twelve of session and content.</summary>
    public static string NameFor(ExportContext context) =>
        RecordOf(context) + Hash(context.Document.SessionIdentifier, context.Document.Content.ContentHash);

    /// <summary>What the branches of all contents of a record begin with.</summary>
    public static string RecordOf(ExportContext context) =>
        $"{Prefix}{Hash(context.Document.SessionIdentifier, GitHubDestinationSettings.NameOf(context.Document.FileName))}-";

    private static string Hash(string session, string of) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{session}\n{of}")))[..Digits];
}
