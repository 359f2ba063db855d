using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>
/// Google by two npm packages: emulate signs people in and gives tokens out; google-drive-mock, whose own tests run against Google as well,
/// keeps the files. A door of ours before the latter gives ids out, which neither does.
/// </summary>
public sealed class EmulatedDrive : IAsyncLifetime, IDisposable
{
    public const string Mock = "google-drive-mock/dist/index.js";
    public const string ClientId = "lab.apps.googleusercontent.com";
    public const string ClientSecret = "emulated-client-secret";

    private const string Done = "http://127.0.0.1/done";

    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new();
    private ToolProcess? _google;
    private ToolProcess? _drive;

    public string TokenUri { get; private set; } = string.Empty;

    public string Url { get; private set; } = string.Empty;

    /// <summary>What a person's consent has given us.</summary>
    public string RefreshToken { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        if (TestTools.WhyMissing(Mock) is not null)
        {
            return;
        }

        var seed = _folder.Write("seed.json", JsonSerializer.Serialize(new
        {
            google = new
            {
                users = new[] { new { email = "lab@example.org", name = "Lab" } },
                oauth_clients = new[] { new { client_id = ClientId, client_secret = ClientSecret, redirect_uris = new[] { Done } } },
            },
        }));
        var (google, drive) = (NodeTool.Port(), NodeTool.Port());
        _google = await NodeTool.EmulateAsync("google", google, seed);
        _drive = await NodeTool.StartAsync(Path.Combine(SharedFixtures.Repository, "tests", "reference", "drive-server.mjs"), "Ready", TestTools.Folder, drive);
        Url = $"http://127.0.0.1:{drive}";
        TokenUri = $"http://127.0.0.1:{google}/oauth2/token";
        await ConsentAsync($"http://127.0.0.1:{google}/o/oauth2/v2/auth/callback");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        _drive?.Dispose();
        _google?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes a folder that may be written to and returns its id.</summary>
    public async Task<string> MakeFolderAsync()
    {
        var folder = new { name = "Records", mimeType = "application/vnd.google-apps.folder", capabilities = new { canAddChildren = true } };
        using var made = await (await _client.PostAsJsonAsync($"{Url}/drive/v3/files", folder)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonDocument>();
        return made!.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Names and contents of the files in a folder that are not in the trash.</summary>
    public async Task<IReadOnlyList<(string Name, byte[] Content)>> ReadAsync(string folder)
    {
        using var list = await _client.GetFromJsonAsync<JsonDocument>($"{Url}/drive/v3/files?q={Uri.EscapeDataString($"'{folder}' in parents and trashed = false")}");
        var files = new List<(string, byte[])>();
        foreach (var file in list!.RootElement.GetProperty("files").EnumerateArray())
        {
            files.Add((
                file.GetProperty("name").GetString()!,
                await _client.GetByteArrayAsync($"{Url}/drive/v3/files/{file.GetProperty("id").GetString()}?alt=media")));
        }

        return files;
    }

    /// <summary>Gives a file other content, as a person in the browser does.</summary>
    public async Task EditAsync(string id, string content)
    {
        using var body = new StringContent(content);
        (await _client.PatchAsync($"{Url}/upload/drive/v3/files/{id}?uploadType=media", body)).EnsureSuccessStatusCode();
    }

    // What a browser does for a person who chooses an account and consents.
    private async Task ConsentAsync(string callback)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var choice = Form(("email", "lab@example.org"), ("redirect_uri", Done), ("scope", "https://www.googleapis.com/auth/drive"), ("client_id", ClientId));
        using var consent = await browser.PostAsync(callback, choice);
        var code = HttpUtility.ParseQueryString(consent.Headers.Location!.Query)["code"]!;
        using var exchange = Form(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Done), ("client_id", ClientId), ("client_secret", ClientSecret));
        using var tokens = await (await _client.PostAsync(TokenUri, exchange)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonDocument>();
        RefreshToken = tokens!.RootElement.GetProperty("refresh_token").GetString()!;
        _client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.RootElement.GetProperty("access_token").GetString());
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
