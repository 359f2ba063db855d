using NexusExport.Security;

namespace NexusExport.Tests.Security;

public sealed class SecretResolverTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s3cr3t", "s3cr3t")]
    [InlineData("s3cr3t\n", "s3cr3t")]
    [InlineData("s3cr3t\r\n", "s3cr3t")]
    [InlineData("two\nlines\n\n", "two\nlines\n")]
    public void Resolve_File_LosesOneLineBreak(string content, string expected)
    {
        _folder.Write("token.txt", content);

        Assert.Equal(expected, Resolve("file:token.txt").Secret.Reveal());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    public void Resolve_EmptyFile_IsUnavailableWhenRevealed(string content, string expected)
    {
        _folder.Write("token.txt", content);
        var secret = Resolve("file:token.txt").Secret;

        var fault = Assert.Throws<ExportException>(secret.Reveal).Fault;

        Assert.Equal(ExportErrorCode.SecretUnavailable, fault.Code);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_HugeFile_IsNotRead()
    {
        _folder.Write("token.txt", new string('x', 70_000));

        Assert.Contains("larger than", Assert.Throws<ExportException>(() => Resolve("file:token.txt").Secret.Reveal()).Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret:/name")]
    [InlineData("secret:vault/")]
    [InlineData("secret:vault")]
    public void Resolve_VaultWithoutItsTwoParts_IsAProblem(string text) =>
        Assert.Equal("a vault's secret is written secret:VAULT/NAME", Resolve(text).Problem);

    private ResolvedSecret Resolve(string text) =>
        new SecretResolver(_ => null, (_, _) => null, path => Path.Combine(_folder.Path, path)).Resolve(SecretReference.Parse(text));
}
