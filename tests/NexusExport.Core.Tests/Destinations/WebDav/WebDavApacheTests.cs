namespace NexusExport.Tests.Destinations.WebDav;

[RequiresProgram(ApacheServer.Module)]
public sealed class WebDavApacheTests(ApacheServer server) : WebDavServerContract(server), IClassFixture<ApacheServer>
{
    [Fact]
    public async Task Upload_DigestOnly_IsNamed()
    {
        await using var destination = Create(("url", $"{server.Url}/digest"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.AuthExpired, refusal.Fault.Code);
        Assert.Contains("Digest authentication only", refusal.Fault.Message, StringComparison.Ordinal);
    }
}
