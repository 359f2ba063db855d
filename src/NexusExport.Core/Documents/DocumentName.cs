using System.Globalization;
using NexusExport.Records;

namespace NexusExport.Documents;

/// <summary>The name that a record has at its destinations.</summary>
internal static class DocumentName
{
    /// <summary>
    /// The file's own name, else {From:yyyy-MM-dd}_{InstrumentPid}_{session}.xml as NexusLIMS would name it, what is unknown left out and
    /// what is neither letter, digit, dot nor dash made an underscore (specification section 9.3).
    /// </summary>
    public static string For(LabRecord record)
    {
        if (record.Path is not null)
        {
            return Path.GetFileName(record.Path);
        }

        string?[] parts =
        [
            record.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            record.InstrumentPid,
            SessionReference.Shorten(record.SessionIdentifier),
        ];
        var stem = Harmless(string.Join('_', parts.Where(part => !string.IsNullOrEmpty(part))));
        return (stem.Length == 0 ? "record" : stem) + (XmlMediaTypes.Includes(record.MediaType) ? ".xml" : ".txt");
    }

    // A leading dot would hide the file; two dots would name a folder.
    private static string Harmless(string text) =>
        string.Concat(text.Select(character => char.IsLetterOrDigit(character) || character is '.' or '-' ? character : '_')).TrimStart('.');
}
