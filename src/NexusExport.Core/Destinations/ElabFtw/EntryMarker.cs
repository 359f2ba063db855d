using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// The text that an entry is found by: eLabFTW makes a second entry of a repeated request, and titles can be changed by anybody.
/// </summary>
internal static class EntryMarker
{
    /// <summary>How every marker begins.</summary>
    public const string Prefix = "nexusexport-";

    private const int Digits = 32;

    /// <summary>The marker of this very content of this session, in letters, digits and a hyphen, which no search has a meaning for.</summary>
    public static string Of(ExportContext context)
    {
        var what = $"{context.Document.SessionIdentifier}\n{context.Document.Content.ContentHash}";
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..Digits];
    }
}
