using System.Globalization;

namespace NexusExport.Tests.Contract;

public sealed class SecretTextTests
{
    [Fact]
    public void ToString_OfASecret_IsMasked()
    {
        var secret = new SecretText("s3cr3t");

        Assert.Equal("*** *** ***", string.Create(CultureInfo.InvariantCulture, $"{secret} {(object)secret} {Convert.ToString(secret, CultureInfo.InvariantCulture)}"));
        Assert.Equal("s3cr3t", secret.Reveal());
    }

    [Fact]
    public void Known_ReferenceThatNobodyRevealed_IsNull()
    {
        var secret = new SecretText(() => "s3cr3t");
        Assert.Null(secret.Known);

        secret.Reveal();

        Assert.Equal("s3cr3t", secret.Known);
    }
}
