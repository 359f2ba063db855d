using System.Collections;
using System.Globalization;

namespace NexusExport.PowerShell.Reporting;

/// <summary>
/// What the views of NexusExport.Format.ps1xml show of texts. Objects hold raw values, and files, records and servers can put anything into
/// them: what reaches the terminal has its control characters escaped.
/// </summary>
public static class Shown
{
    /// <summary>A value as one line.</summary>
    public static string? Text(object? value) => value is null ? null : VisibleText.Line(Raw(value));

    /// <summary>The name of a file, or what stands for it where there is none.</summary>
    public static string FileName(string? path, string? otherwise = null) =>
        VisibleText.Line(string.IsNullOrEmpty(path) ? otherwise : Path.GetFileName(path));

    /// <summary>What became of a record: why it failed, or where it is, unless that is a file of the record's own name.</summary>
    public static string Detail(string? code, string? message, string? url, string? path) => VisibleText.Line(
        !string.IsNullOrEmpty(code) ? $"{code}: {message}"
        : string.IsNullOrEmpty(url) ? message
        : !string.IsNullOrEmpty(path) && IsFile(url, Path.GetFileName(path)) ? null
        : url);

    private static bool IsFile(string url, string name) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsFile && uri.LocalPath.EndsWith(name, StringComparison.Ordinal);

    // Values by name and lists of texts of ours say themselves how they read.
    private static string? Raw(object value) => value switch
    {
        string text => text,
        IEnumerable several when value.GetType() is { IsArray: true } or { Namespace: "System.Collections.Generic" } =>
            $"{{{string.Join(", ", several.Cast<object?>().Select(one => one is null ? null : Raw(one)))}}}",
        _ => Convert.ToString(value, CultureInfo.CurrentCulture),
    };
}
