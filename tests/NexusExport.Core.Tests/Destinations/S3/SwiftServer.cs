using System.Globalization;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace NexusExport.Tests.Destinations.S3;

/// <summary>OpenStack Swift with its S3 API on loopback, shared by the tests of a class: it checks signatures, and conditions it does not know.</summary>
public sealed class SwiftServer : IAsyncLifetime, IDisposable
{
    /// <summary>What Debian's python3-swift installs; it works with Debian's own Python only.</summary>
    public const string Library = "/usr/lib/python3/dist-packages/swift/obj/server.py";

    public const string AccessKey = "lab:export";
    public const string SecretKey = "swift-test-secret";

    private readonly TempFolder _folder = new();
    private ToolProcess? _process;
    private int _port;

    /// <summary>Address without a trailing slash.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>The same by a name, below which every bucket has a host of its own. Only <see cref="ByName"/> knows where that is.</summary>
    public string NamedUrl => string.Create(CultureInfo.InvariantCulture, $"http://s3.localhost:{_port}");

    public async Task InitializeAsync()
    {
        if (File.Exists(Library))
        {
            _port = ToolProcess.FreePort();
            var script = Path.Combine(SharedFixtures.Repository, "tests", "reference", "s3-server.py");
            _process = await ToolProcess.StartAsync("/usr/bin/python3", "Ready", script, _port.ToString(CultureInfo.InvariantCulture), _folder.Path, SecretKey);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Reads and writes past the destination.</summary>
    public AmazonS3Client Client() =>
        new(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config { ServiceURL = Url, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    /// <summary>What a bucket holds.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(string bucket)
    {
        using var client = Client();
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var item in (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects ?? [])
        {
            using var response = await client.GetObjectAsync(bucket, item.Key);
            using var bytes = new MemoryStream();
            await response.ResponseStream.CopyToAsync(bytes);
            found[item.Key] = bytes.ToArray();
        }

        return found;
    }

    /// <summary>A handler that finds every name here.</summary>
    internal HttpMessageHandler ByName() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", _port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
