using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.Sql;

/// <summary>
/// The id of a record's row: a UUID (version 8, RFC 9562) made of the session and the file name. The same record always has the same row,
/// whoever sends it and however often, and two sessions never share one, even where their files are called the same.
/// </summary>
internal static class SqlRowId
{
    private const int Version8 = 0x80;
    private const int VariantRfc = 0x80;

    public static string Of(string sessionIdentifier, string fileName)
    {
        // A line break is in neither of the two, so they cannot run into each other.
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{sessionIdentifier}\n{fileName}"), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | Version8);
        bytes[8] = (byte)((bytes[8] & 0x3F) | VariantRfc);
        return new Guid(bytes[..16], bigEndian: true).ToString();
    }
}
