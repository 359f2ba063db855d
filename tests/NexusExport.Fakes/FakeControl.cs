using System.Text.Json;

namespace NexusExport.Fakes;

/// <summary>The control requests by which another process looks at a fake and makes it go wrong.</summary>
internal static class FakeControl
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static FakeAnswer Handle(FakeServer server, string method, string path, byte[] body, Func<byte[]> describeRecords)
    {
        switch (method, path)
        {
            case ("GET", "/_fake/stats"):
                return FakeAnswer.Json(200, JsonSerializer.Serialize(new { requests = server.RequestCount, connections = server.ConnectionCount }, Json));
            case ("GET", "/_fake/records"):
                return new(200, describeRecords());
            case ("POST", "/_fake/faults"):
                server.Add(JsonSerializer.Deserialize<FakeFault>(body, Json)!);
                return FakeAnswer.Json(200, "{}");
            case ("POST", "/_fake/reset"):
                server.Reset();
                return FakeAnswer.Json(200, "{}");
            default:
                return FakeAnswer.Json(404, """{"message":"stats, records, faults, reset"}""");
        }
    }
}
