using NexusExport.Destinations.Common;
using NexusExport.Destinations.Drive;
using NexusExport.Fakes.Drive;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>Our requests beside those of Google's own client for Node (npm @googleapis/drive).</summary>
[RequiresProgram("node")]
[RequiresProgram("@googleapis/drive/package.json")]
public sealed class DriveRequestShapeTests
{
    private const string ReferenceId = "reference-id";

    [Fact]
    public async Task EveryRequest_BesideThatOfGooglesClient_HasTheSameShape()
    {
        await using var recorder = await RequestRecorder.StartAsync();
        var script = Path.Combine(SharedFixtures.Repository, "tests", "reference", "drive-client.mjs");
        await ChildProcess.RunAsync(
            RequiresProgramAttribute.Find("node")!, TestTools.Folder, TimeSpan.FromMinutes(1), script, recorder.BaseUrl, FakeDrive.FolderId);
        var theirs = recorder.RequestLog.Select(request => RequestShape.Of(request, ReferenceId)).ToList();

        var ours = await OurShapesAsync();

        Assert.Equal(8, theirs.Count);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    // Every call of ours once: two uploads under one name, a look at each, the connection's test.
    private static async Task<HashSet<string>> OurShapesAsync()
    {
        await using var drive = await FakeDrive.StartAsync();
        await using var destination = new DriveDestination(
            new DestinationSettings
            {
                Name = "drive",
                Type = "drive",
                Priority = 65,
                Values = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["folder_id"] = FakeDrive.FolderId,
                    ["client_id"] = "client",
                    ["client_secret"] = new SecretText(drive.ClientSecret),
                    ["refresh_token"] = new SecretText(drive.RefreshToken),
                    ["on_existing"] = ExistingContent.Update,
                    ["api_base"] = drive.BaseUrl,
                    ["token_uri"] = drive.TokenUri,
                },
            },
            new DestinationServices());
        var receipt = await destination.UploadAsync(TestExports.Context(text: "one"), default);
        await destination.UploadAsync(TestExports.Context(text: "two"), default);
        await destination.FetchExistingAsync(TestExports.Context().Document.FileName, default);
        await destination.UploadAsync(TestExports.Context(text: "one"), default);
        await destination.UndoAsync(receipt, default);
        await destination.TestConnectionAsync(default);
        return [.. drive.RequestLog.Where(request => request.Path != "/token").Select(request => RequestShape.Of(request, receipt.RecordId!))];
    }
}
