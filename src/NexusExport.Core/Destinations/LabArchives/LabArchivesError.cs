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

    /// <summary>A parameter that is missing or has a value that is not taken. The status may be 401, but it is no matter of credentials.</summary>
    public bool IsParameter => Code is 4500 or 4529;

    /// <summary>"Unknown Error": the service failed, and may not the next time.</summary>
    public bool IsGeneral => Code is 4999;

    /// <summary>The error in an answer: its root, or a child of the root; null where there is none. What lies deeper is people's text.</summary>
    public static LabArchivesError? In(XElement? root)
    {
        var element = root is null ? null
            : root.Name.LocalName == ElementName ? root
            : root.Elements().FirstOrDefault(child => child.Name.LocalName == ElementName && Child(child, CodeNames) is not null)
            ?? (root.Name.LocalName == "response" && Number(root) is not null ? root : null);
        if (element is null)
        {
            return null;
        }

        var description = Child(element, DescriptionNames) ?? (element.HasElements ? string.Empty : element.Value);
        return new(Number(element), string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static int? Number(XElement element) =>
        int.TryParse(Child(element, CodeNames), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Child(XElement element, string[] names) => names
        .Select(name => element.Elements().FirstOrDefault(child => child.Name.LocalName == name && !string.IsNullOrWhiteSpace(child.Value)))
        .FirstOrDefault(child => child is not null)?.Value.Trim();
}
