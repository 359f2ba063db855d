using NexusExport.Configuration;

namespace NexusExport.Tests.Configuration;

/// <summary>A working directory, variables and destination types of a test's own.</summary>
public sealed class ConfigurationBed : IDisposable
{
    private readonly TempFolder _folder = new();

    public ConfigurationBed()
    {
        WorkingDirectory = Directory.CreateDirectory(Path.Combine(_folder.Path, "work")).FullName;
        UserDirectory = Directory.CreateDirectory(Path.Combine(_folder.Path, "user")).FullName;
        MachineDirectory = Directory.CreateDirectory(Path.Combine(_folder.Path, "machine")).FullName;
    }

    public string WorkingDirectory { get; }

    public string UserDirectory { get; }

    public string MachineDirectory { get; }

    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public Func<string, string, string?>? Vault { get; set; }

    public IReadOnlyCollection<DestinationType> Types { get; } = [LocalType, CdcsType];

    public HostEnvironment Environment => new(WorkingDirectory, Variables.AsReadOnly(), UserDirectory, MachineDirectory);

    public string Yaml => InWork("nexus-export.yaml");

    private static DestinationType LocalType => new(
        "local",
        50,
        [
            new("base_path", SettingKind.Path, "Folder of the archive.") { Default = "exports", KeepsRecords = true },
            new("conflict", SettingKind.Text, "What to do when the name is taken.") { Default = "unique", Allowed = ["unique", "overwrite"] },
        ],
        (_, _) => throw new InvalidOperationException("Loading makes no destination."));

    private static DestinationType CdcsType => new(
        "cdcs",
        100,
        [
            new("url", SettingKind.Url, "Address of the server.") { Required = true, Variable = "NX_CDCS_URL" },
            new("token", SettingKind.Secret, "API token.") { Required = true, Variable = "NX_CDCS_TOKEN" },
            new("template", SettingKind.Text, "Title of the template."),
            new("workspace", SettingKind.Text, "Title of the workspace.") { Default = "Global Public Workspace" },
            new("page_size", SettingKind.Integer, "Records a page."),
            new("user_owned_records", SettingKind.Boolean, "Records stay the user's.") { Default = "false", Variable = "NX_CDCS_USER_OWNED_RECORDS" },
        ],
        (_, _) => throw new InvalidOperationException("Loading makes no destination."));

    public string InWork(string relativePath) => Path.GetFullPath(relativePath, WorkingDirectory);

    public ConfigurationBed WithYaml(string text)
    {
        File.WriteAllText(Yaml, text);
        return this;
    }

    public ConfigurationBed WithDotEnv(string text)
    {
        File.WriteAllText(InWork(".env"), text);
        return this;
    }

    public ConfigurationBed With(string variable, string value)
    {
        Variables[variable] = value;
        return this;
    }

    public ExportSettings Load(string? configPath = null) =>
        LoadConfiguration.From(configPath, Environment, Types, Vault);

    /// <summary>The lines of the error that loading ends in.</summary>
    public string[] Errors()
    {
        var fault = Assert.Throws<ExportException>(() => Load()).Fault;
        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        return fault.Message.Split('\n');
    }

    public void Dispose() => _folder.Dispose();
}
