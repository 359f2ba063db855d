using NexusExport.Configuration;
using NexusExport.Documents;
using NexusExport.Records;
using NexusExport.Security;
using NexusExport.Tests.Configuration;

namespace NexusExport.Tests.Contract;

public sealed class RegularFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> NoFiles => ["pipe", "link-to-pipe", "/dev/zero", "link-to-device", "folder"];

    [Fact]
    public void OpenRead_AFile_ReadsIt()
    {
        using var stream = RegularFile.OpenRead(_folder.Write("a.txt", "abc"));

        Assert.Equal(3, stream.Length);
    }

    [Fact]
    public void OpenRead_NothingThere_SaysSo() => Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(_folder["absent"]));

    [UnixTheory]
    [MemberData(nameof(NoFiles))]
    public void OpenRead_WhatIsNoFile_IsRefusedAtOnce(string what) =>
        Assert.Contains("not a file", Assert.Throws<IOException>(() => RegularFile.OpenRead(Make(what))).Message, StringComparison.Ordinal);

    [UnixFact]
    public void OpenRead_ALinkToAFile_ReadsIt()
    {
        File.CreateSymbolicLink(_folder["link"], _folder.Write("a.txt", "abc"));

        using var stream = RegularFile.OpenRead(_folder["link"]);

        Assert.Equal(3, stream.Length);
    }

    [UnixTheory]
    [MemberData(nameof(NoFiles))]
    public async Task Read_ARecordThatIsNoFile_IsUnreadable(string what)
    {
        var reading = await new RecordFileReader(sessions: null, uploadedFolder: null, TimeProvider.System).ReadAsync(Make(what), CancellationToken.None);

        Assert.Equal(ExportErrorCode.RecordUnreadable, reading.Fault!.Code);
    }

    [UnixTheory]
    [MemberData(nameof(NoFiles))]
    public async Task Assemble_ARecordThatIsNoFile_IsUnreadable(string what)
    {
        var record = new LabRecord { SessionIdentifier = "1", Path = Make(what) };

        var exception = await Assert.ThrowsAsync<ExportException>(() => new AssemblyStage(1000).ExecuteAsync(record, CancellationToken.None));

        Assert.Equal(ExportErrorCode.RecordUnreadable, exception.Fault.Code);
    }

    [UnixFact]
    public void Resolve_ASecretsPipe_IsAProblemBeforeItIsNeeded()
    {
        var resolved = new SecretResolver(_ => null, vault: null, path => path).Resolve(SecretReference.Parse("file:" + Make("pipe")));

        Assert.Contains("is a named pipe, not a file", resolved.Problem, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Load_APipeAsConfiguration_SaysWhatItIs()
    {
        var pipe = Make("pipe");

        var exception = Assert.Throws<ExportException>(() => TestConfiguration(pipe));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, exception.Fault.Code);
        Assert.Contains("is a named pipe", exception.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Load_APipeAsDotEnv_IsAWarning()
    {
        NamedPipe.Make(_folder[".env"]);

        Assert.Contains(TestConfiguration(null).Warnings, warning => warning.Contains("is a named pipe", StringComparison.Ordinal));
    }

    [UnixTheory]
    [InlineData("records:\n  schema: pipe\n")]
    [InlineData("tls:\n  cert_bundle_file: pipe\n")]
    public void Load_ASettingThatNamesAPipe_IsAnErrorAtItsLine(string yaml)
    {
        Make("pipe");

        var exception = Assert.Throws<ExportException>(() => TestConfiguration(_folder.Write("lab.yaml", yaml)));

        Assert.Contains("lab.yaml:2:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("which is a named pipe", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ExportSettings TestConfiguration(string? file) => LoadConfiguration.From(
        file, new HostEnvironment(_folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), _folder["user"], _folder["machine"]), [], vaultSecret: null);

    private string Make(string what)
    {
        switch (what)
        {
            case "pipe":
                return NamedPipe.Make(_folder["pipe"]);
            case "link-to-pipe":
                File.CreateSymbolicLink(_folder["link"], NamedPipe.Make(_folder["pipe"]));
                return _folder["link"];
            case "link-to-device":
                File.CreateSymbolicLink(_folder["link"], "/dev/zero");
                return _folder["link"];
            case "folder":
                return _folder.Path;
            default:
                return what;
        }
    }
}
