using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NexusExport.Benchmarks;

/// <summary>
/// What cannot be beaten: bodies made beforehand, posted over kept-alive connections at the same concurrency, answers read and thrown away.
/// It reads no files, checks nothing and remembers nothing.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly int _concurrency;
    private readonly List<byte[]> _bodies;

    public BareLoop(CdcsProcess cdcs, string records, int concurrency)
    {
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = concurrency });
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", cdcs.Token);
        _address = new Uri($"{cdcs.Url}/rest/data/");
        _concurrency = concurrency;
        _bodies = [.. Directory.GetFiles(records).Select(Body)];
    }

    /// <summary>Posts everything and returns the number of records.</summary>
    public async Task<int> RunAsync()
    {
        await Parallel.ForEachAsync(_bodies, new ParallelOptions { MaxDegreeOfParallelism = _concurrency }, async (body, cancellationToken) =>
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await _client.PostAsync(_address, content, cancellationToken);
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
            answer.EnsureSuccessStatusCode();
        });
        return _bodies.Count;
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Body(string file) => JsonSerializer.SerializeToUtf8Bytes(
        new { title = Path.GetFileNameWithoutExtension(file), template = "7", workspace = 1, xml_content = File.ReadAllText(file) },
        Json);
}
