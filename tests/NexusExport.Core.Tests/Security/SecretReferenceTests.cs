using NexusExport.Security;

namespace NexusExport.Tests.Security;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("env:NAME", nameof(SecretScheme.Variable), "NAME")]
    [InlineData("file: a/b.txt", nameof(SecretScheme.File), "a/b.txt")]
    [InlineData("secret:VAULT/NAME", nameof(SecretScheme.Vault), "VAULT/NAME")]
    [InlineData("s3cr3t", nameof(SecretScheme.Plain), "s3cr3t")]
    [InlineData("ENV:NAME", nameof(SecretScheme.Plain), "ENV:NAME")]
    [InlineData(" env:NAME", nameof(SecretScheme.Plain), " env:NAME")]
    public void Parse_Text_IsAReferenceByItsScheme(string text, string scheme, string target)
    {
        var reference = SecretReference.Parse(text);

        Assert.Equal((scheme, target), (reference.Scheme.ToString(), reference.Target));
    }

    [Fact]
    public void ToString_OfAPlainSecret_IsMasked() => Assert.Equal("***", SecretReference.Parse("s3cr3t").ToString());
}
