using System.Xml;
using System.Xml.Linq;
using NexusExport.Destinations.Http;
using NexusExport.Records;

namespace NexusExport.Destinations.S3;

/// <summary>
/// What S3 says with a refusal (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). Only code, message and region are
/// read: other elements repeat what was sent.
/// </summary>
internal sealed record S3Error(string Code, string? Message, string? Region)
{
    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The error of an answer; null where the body is none.</summary>
    public static S3Error? Read(HttpAnswer answer)
    {
        if (answer.Body.IsEmpty)
        {
            return null;
        }

        try
        {
            using var stream = new MemoryStream(answer.Body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Reading);
            var root = XmlParsing.Run(() => XDocument.Load(reader)).Root!;
            return root.Name.LocalName == "Error" && Text(root, "Code") is { } code ? new(code, Text(root, "Message"), Text(root, "Region")) : null;
        }
        catch (XmlException)
        {
            // A proxy's page or plain text.
            return null;
        }
    }

    private static string? Text(XElement root, string name) =>
        root.Elements().FirstOrDefault(element => element.Name.LocalName == name) is { } found ? ServerMessage.Neat(found.Value) : null;
}
