using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using NexusExport.Fakes;
using NexusExport.Fakes.Drive;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>What two requests must have in common to mean the same: method, path, query keys, content types and the body's JSON keys.</summary>
internal static class RequestShape
{
    /// <summary>The shape on one line; <paramref name="id"/> is a file's id, {id} in the path.</summary>
    public static string Of(FakeLogEntry request, string id)
    {
        var keys = QueryHelpers.ParseQuery(request.Query).Keys.Order(StringComparer.Ordinal);
        var path = request.Path.Replace(id, "{id}", StringComparison.Ordinal).Replace(FakeDrive.FolderId, "{id}", StringComparison.Ordinal);
        return $"{request.Method} {path} ?{string.Join('&', keys)} {Body(request)}".TrimEnd();
    }

    private static string Body(FakeLogEntry request)
    {
        var text = Encoding.UTF8.GetString(request.Body.Span);
        var type = request.ContentType.Split(';')[0];
        if (type != "multipart/related")
        {
            return type.Length == 0 ? string.Empty : $"{type} {Keys(text)}";
        }

        var boundary = request.ContentType.Split("boundary=")[1].Trim('"');
        var parts = text.Split("--" + boundary)[1..^1].Select(part => part.Split("\r\n\r\n", 2)).ToList();
        var types = parts.Select(part => part[0].Split(':')[1].Split(';')[0].Trim());
        return $"{type}: {string.Join(" + ", types)} {Keys(parts[0][1])}";
    }

    private static string Keys(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Keys(document.RootElement);
    }

    private static string Keys(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => property.Name + Keys(property.Value)))}}}"
        : string.Empty;
}
