using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NexusExport.Fakes.ElabFtw;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>Sends recorded requests to a fake eLabFTW, as they were sent, with the placeholders filled in.</summary>
internal sealed partial class ElabFtwReplay : IAsyncDisposable
{
    private const string Boundary = "----recordboundary7d3c";

    private static readonly Dictionary<string, FakeElabFtwAccount> Accounts = new(StringComparer.Ordinal)
    {
        ["admin"] = new(1, "Ad", "Min") { IsAdmin = true },
        ["regular"] = new(2, "Reg", "Ular"),
        ["ro"] = new(1, "Ad", "Min") { IsAdmin = true, MayWrite = false },
    };

    private readonly FakeElabFtw _server;
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });

    private ElabFtwReplay(FakeElabFtw server) => _server = server;

    /// <summary>A fake set up as the recorded server was: one team, one category, the four statuses of an installation.</summary>
    public static async Task<ElabFtwReplay> StartAsync(int maxUploadBytes = 100 << 20, int maxFormBytes = 110 << 20, int lastEntry = 0, int lastUpload = 0) =>
        new(await FakeElabFtw.StartAsync(new()
        {
            Key = KeyOf("regular"),
            Account = Accounts["regular"],
            OtherAccounts = Accounts.Where(account => account.Key != "regular").ToDictionary(account => KeyOf(account.Key), account => account.Value),
            TeamName = "Lab",
            Categories = new Dictionary<int, string> { [1] = "Microscopy" },
            ItemCategories = new Dictionary<int, string>(),
            Statuses = new Dictionary<int, string> { [1] = "Running", [2] = "Success", [3] = "Need to be redone", [4] = "Fail" },
            ItemStatuses = new Dictionary<int, string>(),
            Translations = new Dictionary<string, string>(StringComparer.Ordinal),
            Template = "<p>from the template</p>",
            LastEntry = lastEntry,
            LastUpload = lastUpload,
            MaxUploadBytes = maxUploadBytes,
            MaxFormBytes = maxFormBytes,
            SiteUrl = "https://server.example",
        }));

    public async Task<RecordedResponse> SendAsync(RecordedExchange exchange)
    {
        using var request = new HttpRequestMessage(new(exchange.Request.Method), _server.BaseUrl + exchange.Request.Path);
        if (exchange.Account is { } account)
        {
            request.Headers.TryAddWithoutValidation("Authorization", KeyOf(account));
        }
        else if (exchange.Request.Headers.TryGetValue("Authorization", out var authorization))
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization.Replace("<token>", KeyOf("admin"), StringComparison.Ordinal));
        }

        if (exchange.Request.Body is { Length: > 0 } body)
        {
            request.Content = new ByteArrayContent(Body(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", exchange.Request.Headers.GetValueOrDefault("Content-Type"));
        }

        using var response = await _client.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders);
        return new(
            (int)response.StatusCode,
            response.ReasonPhrase ?? string.Empty,
            headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private static string KeyOf(string account) => account switch
    {
        "admin" => "1-aa",
        "regular" => "2-bb",
        "ro" => "4-dd",
        _ => $"9-{account.Length}",
    };

    // "multipart: comment=x, file filename=big.xml type=application/xml <900000 bytes>" stands for a form, "<60000 bytes of text>" for a text.
    private static byte[] Body(string body)
    {
        if (!body.StartsWith("multipart: ", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(LongText().Replace(body, match => new string('x', Number(match))));
        }

        var form = new StringBuilder();
        foreach (Match part in Part().Matches(body["multipart: ".Length..]))
        {
            form.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\n");
            form.Append(part.Groups["bytes"].Success
                ? $"Content-Disposition: form-data; name=\"{part.Groups["name"].Value}\"; filename=\"{part.Groups["file"].Value}\"\r\nContent-Type: {part.Groups["type"].Value}\r\n\r\n{new string('x', Number(part))}\r\n"
                : $"Content-Disposition: form-data; name=\"{part.Groups["name"].Value}\"\r\n\r\n{part.Groups["value"].Value}\r\n");
        }

        return Encoding.UTF8.GetBytes(form.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n").ToString());
    }

    private static int Number(Match match) => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<(?<bytes>[0-9]+) bytes of text>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LongText();

    [GeneratedRegex("(?<name>[a-z]+)(?: filename=(?<file>.*?) type=(?<type>[^ ]+) <(?<bytes>[0-9]+) bytes>|=(?<value>[^,]*))(?:, |$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
