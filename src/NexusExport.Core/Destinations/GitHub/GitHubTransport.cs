using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.GitHub;

/// <summary>One repository's part of GitHub's REST API: how it is asked, and how answers are read.</summary>
internal sealed class GitHubTransport : IDisposable
{
    // Served by github.com and by every Enterprise Server since 3.9.
    private const string ApiVersion = "2022-11-28";
    private const string TokenAdvice =
        "Make a fine-grained token with read and write access to the repository's contents, and set it as the destination's token.";

    private const int MaxAnswer = 4 * 1024 * 1024;

    private readonly HttpDestinationClient _client;
    private readonly string _repository;

    public GitHubTransport(DestinationSettings destination, DestinationServices services, GitHubDestinationSettings settings)
    {
        Destination = destination.Name;
        Time = services.Time;
        _repository = $"repos/{Uri.EscapeDataString(settings.Owner)}/{Uri.EscapeDataString(settings.Repository)}";
        var redaction = SecretRedactor.ForAnswers(settings.Token);
        var quota = new GitHubQuota(services.Time);
        _client = new(
            destination,
            services,
            settings.ApiUrl,
            redaction,
            headers =>
            {
                headers.Authorization = new AuthenticationHeaderValue("Bearer", HeaderSecret.Reveal(destination.Name, settings.Token, TokenAdvice));
                headers.Accept.Add(new("application/vnd.github+json"));
                headers.Add("X-GitHub-Api-Version", ApiVersion);
            },
            new GitHubFaults(quota, redaction, settings.ProposesPullRequests).Refine,
            quota.Observe);
    }

    /// <summary>Name of the destination.</summary>
    public string Destination { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Sends a call and returns its answer whatever its status.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path below the repository with its query, escaped; empty for the repository itself.</param>
    /// <param name="body">Writes the members of the JSON body; null for no body.</param>
    /// <param name="maxAnswerBytes">The most of an answer that is read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HttpAnswer> SendAsync(
        HttpMethod method,
        string path,
        Action<Utf8JsonWriter>? body,
        int maxAnswerBytes,
        CancellationToken cancellationToken) => _client.SendAsync(
            new(method, path.Length == 0 ? _repository : $"{_repository}/{path}") { Content = Json(body), MaxAnswerBytes = maxAnswerBytes },
            cancellationToken);

    /// <summary>Sends a call with an answer of ordinary length and returns it whatever its status.</summary>
    public Task<HttpAnswer> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter>? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body, MaxAnswer, cancellationToken);

    /// <summary>Reads something; null where it is not there.</summary>
    public async Task<T?> FindAsync<T>(string path, Func<JsonElement, T?> read, CancellationToken cancellationToken, int maxAnswerBytes = MaxAnswer)
        where T : class
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, maxAnswerBytes, cancellationToken);
        return GitHubFaults.IsGone(answer) ? null : Read(answer, read);
    }

    /// <summary>The answer if it is a success; throws its fault if it is not.</summary>
    public HttpAnswer Require(HttpAnswer answer) => _client.Require(answer);

    /// <summary>What a successful answer says; throws the fault of any other, or of one with another shape.</summary>
    public T Read<T>(HttpAnswer answer, Func<JsonElement, T> read)
    {
        Require(answer);
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            return read(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Each of these is a reader's way of saying that the JSON has another shape.
            throw new ExportException(_client.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.')), ex);
        }
    }

    public void Dispose() => _client.Dispose();

    private static ReadOnlyMemoryContent? Json(Action<Utf8JsonWriter>? body)
    {
        if (body is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        return new(buffer.WrittenMemory) { Headers = { ContentType = new("application/json") } };
    }
}
