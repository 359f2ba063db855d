namespace NexusExport.Documents;

/// <summary>Tells which media types are XML (RFC 7303): application/xml, text/xml and everything ending in +xml.</summary>
internal static class XmlMediaTypes
{
    public static bool Includes(string mediaType)
    {
        var essence = mediaType.Split(';')[0].Trim();
        return essence.Equals(LabRecord.XmlMediaType, StringComparison.OrdinalIgnoreCase)
            || essence.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
            || essence.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }
}
