using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>Who may write where, as the server decides it, and whether the connection test says the same as an export.</summary>
public sealed class CdcsRightsTests
{
    [Fact]
    public async Task Upload_WithoutTheRightToPublish_IsAPermissionThatEveryRecordLacks()
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { MayPublish = false });

        var fault = await bed.FaultOfUploadAsync();

        Assert.Equal(
            (ExportErrorCode.PermissionDenied, false, false, true), (fault.Code, fault.Recoverable, fault.MayHaveCommitted, fault.ConcernsEveryRecord));
        Assert.Contains("publish", fault.Message, StringComparison.Ordinal);
        Assert.Contains("group 'default'", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(bed.Server.Records);

        // Assigning asks for the same right: making a private record first would only leave one behind.
        Assert.DoesNotContain(bed.Server.RequestLog, entry => entry.Method == "PATCH");
    }

    [Fact]
    public async Task Upload_IntoAWorkspaceThatIsOnlyWritable_FindsIt()
    {
        await using var bed = await CdcsBed.StartAsync(WithStaffOnly(writers: [FakeCdcs.AccountId]), null, ("workspace", "Staff only"));

        await bed.Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(6, Assert.Single(bed.Server.Records).Workspace);
    }

    [Theory]
    [InlineData(true, true, "Global Public Workspace", null)]
    [InlineData(false, true, "Global Public Workspace", "publish")]
    [InlineData(false, false, "Global Public Workspace", null)]
    [InlineData(false, true, "Titan group", null)]
    [InlineData(true, true, "Staff only", null)]
    public async Task TestConnection_OfAnyRights_SaysWhatAnUploadSays(bool mayPublish, bool assigned, string workspace, string? refusal)
    {
        var options = WithStaffOnly(writers: [FakeCdcs.AccountId]) with { MayPublish = mayPublish };
        await using var bed = await CdcsBed.StartAsync(options, null, ("workspace", workspace), ("assign_to_workspace", assigned));

        if (refusal is null)
        {
            Assert.Equal(["read", "write"], (await bed.Destination.TestConnectionAsync(default)).Permissions);
            Assert.Empty(bed.Server.Records);
            Assert.NotNull(await bed.Destination.UploadAsync(TestExports.Context(), default));
            return;
        }

        var (tested, met) = (await bed.FaultOfTestAsync(), await bed.FaultOfUploadAsync());
        Assert.Equal((met.Code, met.Message), (tested.Code, tested.Message));
        Assert.Contains(refusal, tested.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_WithAWorkspaceOfOthers_NamesThoseThereAre()
    {
        await using var bed = await CdcsBed.StartAsync(("workspace", "Staff only"));

        var fault = await bed.FaultOfTestAsync();

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("Global Public Workspace, Titan group", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("xml_content")]
    public async Task TestConnection_OfEitherKindOfServer_LeavesNothingAndTellsTheVersion(string field)
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { ContentField = field });

        var report = await bed.Destination.TestConnectionAsync(default);

        Assert.Equal("2.18.0", report.ServerVersion);
        Assert.Empty(bed.Server.Records);
    }

    [Fact]
    public async Task TestConnection_OfAServerThatTellsNoVersion_Succeeds()
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { Version = null });
        bed.Server.Add(new() { Method = "GET", Path = "/rest/core-settings/", Status = 404, Body = "<html></html>", ContentType = "text/html" });

        Assert.Null((await bed.Destination.TestConnectionAsync(default)).ServerVersion);
        Assert.Null((await bed.Destination.TestConnectionAsync(default)).ServerVersion);
    }

    [Fact]
    public async Task TestConnection_OfAServerThatTakesWhatIsNoRecord_RemovesItAgain()
    {
        await using var bed = await CdcsBed.StartAsync();
        var taken = bed.Server.Put("NexusExport connection test", "x"u8.ToArray());
        bed.Server.Add(new()
        {
            Method = "POST",
            Path = "/rest/data/",
            Status = 201,
            Body = $$"""{"id":{{taken.Id}},"workspace":1}""",
            ContentType = "application/json",
        });

        await bed.Destination.TestConnectionAsync(default);

        Assert.Empty(bed.Server.Records);
    }

    [Fact]
    public async Task TestConnection_WhereTheServerFails_DoesNotSayYes()
    {
        await using var bed = await CdcsBed.StartAsync();
        bed.Server.Add(new()
        {
            Method = "POST",
            Path = "/rest/data/",
            Status = 500,
            Body = """{"message":"could not connect to server: Connection refused"}""",
            ContentType = "application/json",
        });

        Assert.Equal(ExportErrorCode.ServerUnavailable, (await bed.FaultOfTestAsync()).Code);
    }

    [Fact]
    public async Task TestConnection_ForUsersRecordsWithAnOrdinaryToken_SaysThatItNeedsASuperusers()
    {
        await using var bed = await CdcsBed.StartAsync(("user_owned_records", true));

        var fault = await bed.FaultOfTestAsync();

        Assert.Equal((ExportErrorCode.PermissionDenied, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Contains("superuser", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_WithoutATemplateNamed_TellsWhichItIs()
    {
        await using var bed = await CdcsBed.StartAsync();

        var report = await bed.Destination.TestConnectionAsync(default);

        Assert.Contains("'Nexus Experiment Schema' is the first of 2 templates", report.Message, StringComparison.Ordinal);
    }

    private static FakeCdcsOptions WithStaffOnly(IReadOnlyList<int> writers) => new()
    {
        Workspaces =
        [
            new(FakeCdcs.WorkspaceId, "Global Public Workspace", Owner: null),
            new(5, "Titan group", FakeCdcs.AccountId),
            new(6, "Staff only", 31) { Writers = writers },
        ],
    };
}
