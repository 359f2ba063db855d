using System.Globalization;
using System.Xml.Linq;

namespace NexusExport.Destinations.LabArchives;

/// <summary>An error that LabArchives tells in XML, at whatever HTTP status, 200 included.</summary>
/// <param name="Code">Its number; null where it has none.</param>
/// <param name="Description">Its sentence; empty where it has none.</param>
internal sealed record LabArchivesError(int? Code, string Description)
{
    private const string ElementName = "error";

    // Both spellings are met: error-code with error-description at the root, code with msg inside a response.
    private static readonly string[] CodeNames = ["error-code", "error_code", "code"];
    private static readonly string[] DescriptionNames = ["error-description", "error_description", "msg", "message", "description"];

    /// <summary>Sources disagree on which of these a signature out of date gets.</summary>
    public bool MayBeOutOfDate => Code is 4504 or 4520 or 4533;

    public bool IsAuthentication => Code is 4504 or 4506 or 4507 or 4514 or 4520 or 4533;

    public bool IsPermission => Code is 4501 or 4502;

    /// <summary>An attachment that could not be replaced.</summary>
    public bool IsAttachmentUpdate => Code is 4999;

    /// <summary>The error in an answer, the root itself or an element inside it; null where there is none.</summary>
    public static LabArchivesError? In(XElement? root)
    {
        var element = root?.DescendantsAndSelf().FirstOrDefault(candidate =>
            candidate.Name.LocalName == ElementName && (candidate == root || Child(candidate, CodeNames) is not null));
        if (element is null)
        {
            return null;
        }

        var code = int.TryParse(Child(element, CodeNames), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var description = Child(element, DescriptionNames) ?? (element.HasElements ? string.Empty : element.Value);
        return new(code, string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string? Child(XElement element, string[] names) =>
        element.Elements().FirstOrDefault(child => names.Contains(child.Name.LocalName, StringComparer.Ordinal))?.Value.Trim();
}
