using NexusExport.Security;

namespace NexusExport.Tests.Security;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("env:NAME", SecretScheme.Variable, "NAME")]
    [InlineData("file: a/b.txt", SecretScheme.File, "a/b.txt")]
    [InlineData("secret:VAULT/NAME", SecretScheme.Vault, "VAULT/NAME")]
    [InlineData("s3cr3t", SecretScheme.Plain, "s3cr3t")]
    [InlineData("ENV:NAME", SecretScheme.Plain, "ENV:NAME")]
    [InlineData(" env:NAME", SecretScheme.Plain, " env:NAME")]
    public void Parse_Text_IsAReferenceByItsScheme(string text, SecretScheme scheme, string target)
    {
        var reference = SecretReference.Parse(text);

        Assert.Equal((scheme, target), (reference.Scheme, reference.Target));
    }

    [Fact]
    public void ToString_OfAPlainSecret_IsMasked() => Assert.Equal("***", SecretReference.Parse("s3cr3t").ToString());
}
