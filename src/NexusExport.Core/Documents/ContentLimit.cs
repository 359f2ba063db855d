using System.Globalization;

namespace NexusExport.Documents;

/// <summary>The fault of content that is larger than export.pipeline.max_content_length.</summary>
internal static class ContentLimit
{
    public static ExportFault Exceeded(string name, string size, int maxContentLength) => new(
        ExportErrorCode.ContentTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"{name}: the record has {size}; at most {maxContentLength:N0} characters are allowed."));
}
