using NexusExport.Fakes;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>Answers every request of a Drive client with something that it can go on from, and keeps what was asked.</summary>
internal sealed class RequestRecorder : FakeServer
{
    private RequestRecorder()
        : base(new FakeServerOptions())
    {
    }

    public static async Task<RequestRecorder> StartAsync()
    {
        var recorder = new RequestRecorder();
        await recorder.ListenAsync();
        return recorder;
    }

    protected override FakeAnswer Handle(FakeRequest request) => FakeAnswer.Json(200, """{"id":"reference-id","files":[],"ids":["reference-id"]}""");

    protected override byte[] DescribeRecords() => "[]"u8.ToArray();
}
