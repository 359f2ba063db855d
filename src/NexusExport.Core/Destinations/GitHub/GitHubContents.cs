using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>A file as the contents API shows it.</summary>
/// <param name="Sha">Git's id of its content.</param>
/// <param name="HtmlUrl">Its page.</param>
internal sealed record GitHubFile(string Sha, string HtmlUrl);

/// <summary>What a commit by the contents API made.</summary>
/// <param name="Blob">Git's id of the content that arrived.</param>
/// <param name="Commit">Id of the commit.</param>
/// <param name="HtmlUrl">The file's page.</param>
/// <param name="Made">False where the content was there already and nothing was committed.</param>
internal sealed record GitHubCommit(string Blob, string Commit, string HtmlUrl, bool Made);

/// <summary>
/// Files of a repository (https://docs.github.com/rest/repos/contents). A path is sent as one escaped segment, as GitHub's own clients do
/// it, so that no name in it can change the address.
/// </summary>
internal sealed class GitHubContents(GitHubTransport client, GitHubDestinationSettings settings)
{
    private const int Base64Growth = 2;

    /// <summary>A file on a branch or at a commit; null where there is none.</summary>
    public Task<GitHubFile?> FindAsync(string path, string reference, CancellationToken cancellationToken) => client.FindAsync(
        $"contents/{Uri.EscapeDataString(path)}?ref={Uri.EscapeDataString(reference)}",
        json => json.ValueKind == JsonValueKind.Array
            ? throw new InvalidOperationException("there is a folder of that name")
            : new GitHubFile(JsonFields.Required(json, "sha"), JsonFields.Page(json, "html_url") ?? settings.PageOf(reference, path)),
        cancellationToken);

    /// <summary>The content of a blob. The contents API itself gives no more than 1 MB.</summary>
    public async Task<byte[]> ReadBlobAsync(string sha, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"git/blobs/{sha}", null, GitBlob.MaxBytes * Base64Growth, cancellationToken);
        return client.Read(answer, json => Convert.FromBase64String(JsonFields.Required(json, "content")));
    }

    /// <summary>
    /// Creates a file, or replaces the one whose content is <paramref name="sha"/>; the answer may be a refusal that the caller knows what
    /// to do with.
    /// </summary>
    public Task<HttpAnswer> PutAsync(
        string path,
        string branch,
        string message,
        ReadOnlyMemory<byte> content,
        string? sha,
        CancellationToken cancellationToken) => client.SendAsync(
        HttpMethod.Put,
        $"contents/{Uri.EscapeDataString(path)}",
        body =>
        {
            body.WriteString("message", message);
            body.WriteBase64String("content", content.Span);
            body.WriteString("branch", branch);
            WriteSha(body, sha);
        },
        cancellationToken);

    /// <summary>What a successful <see cref="PutAsync"/> made; throws the fault of any other answer.</summary>
    public GitHubCommit CommitOf(HttpAnswer answer, string path, string branch) => client.Read(answer, json =>
    {
        var file = json.GetProperty("content");
        return new GitHubCommit(
            JsonFields.Required(file, "sha"),
            JsonFields.Required(json.GetProperty("commit"), "sha"),
            JsonFields.Page(file, "html_url") ?? settings.PageOf(branch, path),
            Made: true);
    });

    /// <summary>Removes the file whose content is <paramref name="sha"/>; one that is gone already is fine.</summary>
    public async Task DeleteAsync(string path, string branch, string message, string sha, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Delete,
            $"contents/{Uri.EscapeDataString(path)}",
            body =>
            {
                body.WriteString("message", message);
                body.WriteString("branch", branch);
                WriteSha(body, sha);
            },
            cancellationToken);
        if (!GitHubFaults.IsGone(answer))
        {
            client.Require(answer);
        }
    }

    private static void WriteSha(Utf8JsonWriter body, string? sha)
    {
        if (sha is not null)
        {
            body.WriteString("sha", sha);
        }
    }
}
