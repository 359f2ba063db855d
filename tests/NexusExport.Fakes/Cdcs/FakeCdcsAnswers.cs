using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>The forms that a fake CDCS's answers have.</summary>
internal static class FakeCdcsAnswers
{
    private const string Page = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>{0}</title>\n</head>\n<body>\n  <h1>{0}</h1><p></p>\n</body>\n</html>\n";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> PageHeaders = new(StringComparer.Ordinal)
    {
        ["Vary"] = "Accept-Language, Cookie",
        ["Content-Language"] = "en",
    };

    /// <summary>A method that the route does not have; also what a test of the fake cannot ask for.</summary>
    public static FakeAnswer NotFound { get; } =
        new(404, Encoding.UTF8.GetBytes(string.Format(null, CompositeFormat.Parse(Page), "Not Found")), "text/html; charset=utf-8") { Headers = PageHeaders };

    /// <summary>Refused by the rules of Django REST framework.</summary>
    public static FakeAnswer NotAllowed { get; } = Detail(403, "You do not have permission to perform this action.");

    public static FakeAnswer Json(int status, object? value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, Plain));

    /// <summary>What core_main_app says.</summary>
    public static FakeAnswer Message(int status, object message) => Json(status, new { message });

    /// <summary>What Django REST framework says.</summary>
    public static FakeAnswer Detail(int status, string detail) => Json(status, new { detail });

    /// <summary>Django's answer to a missing slash, before it looks at anything else: relative to the host, with the query.</summary>
    public static FakeAnswer Slash(string path, string query) =>
        new(301, default, "text/html; charset=utf-8") { Location = $"{path}/{query}", Headers = PageHeaders };

    /// <summary>The answer as a route gives it: with the methods that it has.</summary>
    public static FakeAnswer Of(FakeCdcsRoute route, FakeAnswer answer) => answer.ContentType.StartsWith("text/html", StringComparison.Ordinal)
        ? answer
        : answer with
        {
            Headers = new Dictionary<string, string>(answer.Headers, StringComparer.Ordinal)
            {
                ["Vary"] = "Accept, Accept-Language, Cookie",
                ["Allow"] = route.Allow,
                ["Content-Language"] = "en",
            },
        };
}
