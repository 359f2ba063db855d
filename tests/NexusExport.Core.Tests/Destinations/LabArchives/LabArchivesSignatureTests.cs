using NexusExport.Destinations.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class LabArchivesSignatureTests
{
    // Made by: printf '%s' 0234wedkfjrtfd34er1000entry_attachment264433207000 | openssl dgst -sha512 -hmac 1234567890 -binary | base64
    private const string Expected = "5hFC9W2Ei/TW8OW5K4miVzmSwbrWLBD3LJxozjBHdf+mFK4+XyHnWASEML62bY/rqFeT+I1g9bvNIsJxui3jdg==";

    [Theory]
    [InlineData("1234567890")]
    [InlineData("1234567890\n")]
    public void Sign_OfACall_IsWhatOpensslMakesOfIt(string password) =>
        Assert.Equal(Expected, new LabArchivesSignature("notebook", "0234wedkfjrtfd34er1000", new SecretText(password)).Sign("entry_attachment", "264433207000"));

    [Fact]
    public void Sign_WithoutAPassword_IsAFaultOfTheConfiguration()
    {
        var fault = Assert.Throws<ExportException>(() => new LabArchivesSignature("notebook", "id", new SecretText(" \n")).Sign("method", "1")).Fault;

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
    }
}
