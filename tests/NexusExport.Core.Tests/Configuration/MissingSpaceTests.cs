using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.Tests.Configuration;

public sealed class MissingSpaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("destinations:\n  archive: { type:local, base_path: x }\n", "write 'type: …'")]
    [InlineData("destinations:\n  archive:\n    type:local\n    base_path: x\n", "write 'type: …'")]
    [InlineData("destinations:\n  archive:\n    type:local\n", "write 'type: …'")]
    [InlineData("destinations:\n  archive:\n    type: local\n    base_path:x\n", "write 'base_path: …'")]
    [InlineData("destinations:\n  archive: { type: local, base_path:x }\n", "write 'base_path: …'")]
    [InlineData("database:\n  path:log.db\n", "write 'path: …'")]
    [InlineData("records:\n  path: x\n  uploaded:y\n", "write 'uploaded: …'")]
    [InlineData("export: { strategy:all }\n", "write 'strategy: …'")]
    [InlineData("destinations:\n  cdcs: { type: cdcs, url: 'https://x', token:not-to-be-shown }\n", "write 'token: …'")]
    [InlineData("destinations:\n  cdcs:\n    type: cdcs\n    token:not-to-be-shown\n    url: 'https://x'\n", "write 'token: …'")]
    public void Load_AKeyWithoutTheSpace_SaysWhatToWriteAndNotTheValue(string yaml, string expected)
    {
        var message = Assert.Throws<ExportException>(() => Load(yaml)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-shown", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("destinations:\n  archive: 'https://example.org'\n")]
    [InlineData("destinations:\n  archive: env:NAME\n")]
    [InlineData("destinations:\n  archive: { type: loc }\n")]
    [InlineData("nothing: here\n")]
    public void Load_AnotherMistake_DoesNotSpeakOfASpace(string yaml) =>
        Assert.DoesNotContain("space", Assert.Throws<ExportException>(() => Load(yaml)).Message, StringComparison.Ordinal);

    private ExportSettings Load(string yaml) => LoadConfiguration.From(
        _folder.Write("nexus-export.yaml", yaml),
        new HostEnvironment(_folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), _folder["user"], _folder["machine"]),
        BuiltInDestinations.All,
        vaultSecret: null);
}
