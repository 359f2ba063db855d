using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Names the branch that proposes a record: the same for the same content of the same session, so that whoever tries again finds what an
/// earlier attempt left, in this run or another.
/// </summary>
internal static class GitHubExportBranch
{
    private const string Prefix = "nexus-export-";
    private const int Digits = 8;

    /// <summary>nexus-export- and 8 hexadecimal digits.</summary>
    public static string NameFor(ExportContext context)
    {
        var identity = $"{context.Record.SessionIdentifier}\n{context.Content.ContentHash}";
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..Digits];
    }
}
