using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration.Drafts;

/// <summary>
/// The first step of a configuration: all that it is made of, as it was written. That is the file, the environment with .env, the settings outside
/// the destinations, and, once these say where to look, the plugins and what is registered in the database.
/// </summary>
internal sealed record ConfigurationSources
{
    private const string CertBundleVariable = "NX_CERT_BUNDLE";
    private const string PluginFolderName = "plugins";

    /// <summary>The outside world.</summary>
    public required HostEnvironment Environment { get; init; }

    /// <summary>The destination types that come with the program.</summary>
    public required IReadOnlyCollection<DestinationType> BuiltIn { get; init; }

    /// <summary>Resolves secret:VAULT/NAME (vault, name → secret, or null); null where no vault can be asked.</summary>
    public Func<string, string, string?>? VaultSecret { get; init; }

    /// <summary>The environment's variables and those of .env.</summary>
    public required VariableSet Variables { get; init; }

    /// <summary>The YAML file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>What it says.</summary>
    public required FileContent Content { get; init; }

    /// <summary>The settings outside the destinations.</summary>
    public required CoreValues Values { get; init; }

    /// <summary>Whether records.uploaded was derived from NexusLIMS's variables.</summary>
    public bool UploadedIsDefault { get; init; }

    /// <summary>
    /// Where defaults come from: they start from the configuration file's folder, so that one configuration means one log wherever it is run from.
    /// </summary>
    public required Origin Fallback { get; init; }

    /// <summary>What came to light so far.</summary>
    public required ConfigurationFindings Findings { get; init; }

    /// <summary>What the plugin folder holds; for the caller to add.</summary>
    public PluginSet Plugins { get; init; } = PluginSet.None;

    /// <summary>What the database holds of destinations; for the caller to add.</summary>
    public RegistryContent Registered { get; init; } = RegistryContent.None;

    /// <summary>Every type that there is.</summary>
    public IReadOnlyCollection<DestinationType> Types => [.. BuiltIn, .. Plugins.Types];

    /// <summary>Absolute folder to load plugins from; null for none.</summary>
    public string? PluginFolder => Values.Text(CoreSettings.PluginsPath);

    /// <summary>Absolute path of the database; null where its text is in error.</summary>
    public string? DatabasePath => Values.Text(CoreSettings.DatabasePath);

    /// <summary>PEM text of certificates to trust.</summary>
    public SettingText? CertBundle => Variables.Find(CertBundleVariable);

    /// <summary>
    /// Reads the file and the variables. Throws CONFIGURATION_NOT_FOUND if a named file is missing; every other mistake is among the findings.
    /// Opens no database and loads no plugin.
    /// </summary>
    /// <param name="configPath">The file to read; null to look in the usual places.</param>
    /// <param name="environment">The outside world.</param>
    /// <param name="builtIn">The destination types that come with the program.</param>
    /// <param name="vaultSecret">Resolves secret:VAULT/NAME; null where no vault can be asked.</param>
    public static ConfigurationSources Read(
        string? configPath, HostEnvironment environment, IReadOnlyCollection<DestinationType> builtIn, Func<string, string, string?>? vaultSecret)
    {
        var findings = new ConfigurationFindings();
        var variables = VariableSet.Read(environment, findings);
        var file = ConfigurationFile.Find(configPath, environment, variables);
        var fallback = Origin.Default(file is null ? environment.WorkingDirectory : Path.GetDirectoryName(file)!);
        var content = new CoreSettingsReader(findings).Read(file is null ? [] : YamlReader.ReadFile(file, findings));
        var paths = new UserPath(environment);
        var read = CoreValues.Read(content.Texts, variables, new SettingReader(paths, findings), fallback, findings);
        var (values, uploadedIsDefault) = NexusLimsFolders.Derive(read, variables, paths);
        return new()
        {
            Environment = environment,
            BuiltIn = builtIn,
            VaultSecret = vaultSecret,
            Variables = variables,
            File = file,
            Content = content,
            Values = WithPlugins(values, file, findings),
            UploadedIsDefault = uploadedIsDefault,
            Fallback = fallback,
            Findings = findings,
        };
    }

    /// <summary>A reader of single values that tells its errors to <paramref name="findings"/>.</summary>
    public SettingReader Reader(ConfigurationFindings findings) => new(new UserPath(Environment), findings);

    /// <summary>
    /// The plugins of the folder that is configured, else of the one beside the configuration file. Without a file there is no default: to be in
    /// some folder is not to ask for the programs in it to be run.
    /// </summary>
    private static CoreValues WithPlugins(CoreValues values, string? file, ConfigurationFindings findings)
    {
        if (values.Text(CoreSettings.PluginsPath) is { } configured)
        {
            if (!Directory.Exists(configured))
            {
                findings.Warn(values.OriginOf(CoreSettings.PluginsPath), $"{CoreSettings.PluginsPath} names the folder {configured}, which does not exist");
            }

            return values;
        }

        return Path.GetDirectoryName(file) is { } folder
            ? values.With(CoreSettings.PluginsPath, Path.Combine(folder, PluginFolderName), Origin.Default(folder))
            : values;
    }
}
