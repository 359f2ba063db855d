using NexusExport.Destinations.Drive;
using NexusExport.Fakes.Drive;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>Every member of every answer, changed one by one: only what cannot be done without may matter, and then it is named.</summary>
public sealed class DriveAnswerTests
{
    private static readonly string[] Needed = ["POST 200:.access_token", "POST 200:.id", "GET 200:.ids", "GET 200:.files", "PATCH 200:.id"];

    // A checksum that is told counts, an id and a token are sent back as they came, and a folder of another type is none.
    private static readonly string[] Believed =
    [
        "POST 200:.sha256Checksum", "POST 200:.size", "PATCH 200:.sha256Checksum", "GET 200:.mimeType", "GET 200:.driveId",
        "GET 200:.nextPageToken", "GET 200:.files[].id",
    ];

    [Theory]
    [InlineData("unique")]
    [InlineData("update")]
    public async Task EveryCall_OneMemberIsNotWhatItShouldBe_MattersOnlyWhereItIsNeeded(string onExisting)
    {
        var seen = new ChangedAnswers(null, null);
        Assert.Null(await RunAsync(onExisting, seen));
        Assert.InRange(seen.Members.Count, 20, 100);

        var broken = new List<string>();
        foreach (var member in seen.Members.Except(Believed, StringComparer.Ordinal))
        {
            foreach (var (name, value) in ChangedAnswers.Changes)
            {
                var exception = await RunAsync(onExisting, new ChangedAnswers(member, value));
                var isNamed = exception is ExportException { Fault.Code: ExportErrorCode.UnexpectedResponse or ExportErrorCode.AuthExpired };
                if (exception is not null && !(isNamed && Needed.Contains(member, StringComparer.Ordinal)))
                {
                    broken.Add($"{member} is {name}: {exception.GetType().Name}: {exception.Message}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static async Task<Exception?> RunAsync(string onExisting, ChangedAnswers answers)
    {
        await using var drive = await FakeDrive.StartAsync();
        return await Record.ExceptionAsync(async () =>
        {
            await using var destination = Create(drive, onExisting, answers);
            await destination.TestConnectionAsync(default);
            var receipt = await destination.UploadAsync(TestExports.Context(), default);
            await destination.UploadAsync(TestExports.Context(text: "rebuilt"), default);
            await destination.FindAsync(TestExports.Context(), default);
            await destination.ListContentAsync(new(100, 0), default);
            Assert.True(receipt.IsComplete);
            Assert.True(Uri.TryCreate(receipt.RecordUrl, UriKind.Absolute, out _));
        });
    }

    private static DriveDestination Create(FakeDrive drive, string onExisting, HttpMessageHandler handler) => new(
        new DestinationSettings
        {
            Name = "drive",
            Type = DriveDestinationSettings.TypeName,
            Priority = 65,
            Values = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["folder_id"] = FakeDrive.FolderId,
                ["client_id"] = "lab",
                ["client_secret"] = new SecretText(drive.ClientSecret),
                ["refresh_token"] = new SecretText(drive.RefreshToken),
                ["api_base"] = drive.BaseUrl,
                ["token_uri"] = drive.TokenUri,
                ["on_existing"] = onExisting,
            },
        },
        new DestinationServices { HttpHandlerFactory = () => handler });
}
