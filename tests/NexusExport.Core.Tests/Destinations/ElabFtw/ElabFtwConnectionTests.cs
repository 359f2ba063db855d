using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>What a connection test tells.</summary>
public sealed class ElabFtwConnectionTests
{
    [Fact]
    public async Task TestConnection_OfAGoodOne_TellsVersionAccountTeamAndRights()
    {
        await using var bed = await ElabFtwBed.StartAsync(values: [("category", "4"), ("status", "Success")]);

        var report = await bed.Destination.TestConnectionAsync(default);

        Assert.Equal("5.6.12", report.ServerVersion);
        Assert.Contains("as Nemo Bot in the team 'Microscopy'", report.Message, StringComparison.Ordinal);
        Assert.Equal(["read", "write", "delete"], report.Permissions);
        Assert.All(bed.Server.RequestLog, entry => Assert.Equal("GET", entry.Method));
    }

    [Fact]
    public async Task TestConnection_KeysNotListed_PromisesNoMoreThanReading()
    {
        await using var bed = await ElabFtwBed.StartAsync(new() { KeysUnlisted = true });

        Assert.Equal("read", Assert.Single((await bed.Destination.TestConnectionAsync(default)).Permissions));
    }

    [Fact]
    public async Task TestConnection_ReadOnlyKey_Fails() =>
        Assert.Equal(ExportErrorCode.PermissionDenied, (await FaultAsync(new() { ReadOnlyKey = true })).Code);

    [Fact]
    public async Task TestConnection_TeamThatDemandsATemplate_FailsWithWhatToChange() =>
        Assert.Contains("template", (await FaultAsync(new() { TemplateDemanded = true })).RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public async Task TestConnection_TeamWhereOnlyAdminsMakeTags_SaysSo()
    {
        await using var bed = await ElabFtwBed.StartAsync(new() { NewTagsForbidden = true });

        Assert.Contains("Only admins", (await bed.Destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("category", "99")]
    [InlineData("category", "42")]
    [InlineData("status", "Unheard of")]
    public async Task TestConnection_CategoryOrStatusThatIsNotThere_Fails(string setting, string value) =>
        Assert.Equal(ExportErrorCode.ResourceNotFound, (await FaultAsync(new(), (setting, value))).Code);

    [Fact]
    public async Task TestConnection_WrongKey_IsNotGoodAndNotShown()
    {
        var fault = await FaultAsync(new(), ("api_key", new SecretText("9-ffff")));

        Assert.Equal(ExportErrorCode.AuthExpired, fault.Code);
        Assert.DoesNotContain("9-ffff", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lab", "/wrong")]
    [InlineData("", "/elab")]
    public async Task TestConnection_AddressOfSomethingElse_SaysSo(string basePath, string ending)
    {
        var fault = await FaultAsync(new() { BasePath = basePath }, ("url", ending));

        Assert.True(fault.ConcernsEveryRecord);
        Assert.Contains("url is the address of the eLabFTW instance itself", fault.RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task<ExportFault> FaultAsync(FakeElabFtwOptions options, params (string Name, object Value)[] values)
    {
        await using var bed = await ElabFtwBed.StartAsync(options, values);
        return (await Assert.ThrowsAsync<ExportException>(() => bed.Destination.TestConnectionAsync(default))).Fault;
    }
}
