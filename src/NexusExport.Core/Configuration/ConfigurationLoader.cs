namespace NexusExport.Configuration;

/// <summary>
/// Reads the YAML file, the environment and .env into <see cref="ExportSettings"/>. Order of values: environment, .env, YAML, default;
/// callers put their parameters on top. Opens no database by itself and makes no call.
/// </summary>
internal static class ConfigurationLoader
{
    private const string LocalType = "local";
    private const string PluginFolderName = "plugins";
    private const string LogVariable = "NX_LOG_PATH";
    private const string CertBundleVariable = "NX_CERT_BUNDLE";

    /// <summary>
    /// Loads the configuration. Throws CONFIGURATION_NOT_FOUND if a named file is missing, and CONFIGURATION_INVALID with every error on a
    /// line of its own, file:line:column first. What only one destination lacks is in its <see cref="DestinationSettings.Faults"/>.
    /// </summary>
    /// <param name="configPath">The file to read; null to look in the usual places.</param>
    /// <param name="environment">The outside world.</param>
    /// <param name="types">The destination types that this program knows.</param>
    /// <param name="vaultSecret">Resolves secret:VAULT/NAME (vault, name → secret, or null); null where no vault can be asked.</param>
    public static ExportSettings Load(
        string? configPath,
        HostEnvironment environment,
        IReadOnlyCollection<DestinationType> types,
        Func<string, string, string?>? vaultSecret) => Load(configPath, environment, types, vaultSecret, _ => PluginSet.None, _ => RegistryContent.None);

    /// <summary>The same with plugins and with the destinations that are registered in the database.</summary>
    /// <param name="configPath">The file to read; null to look in the usual places.</param>
    /// <param name="environment">The outside world.</param>
    /// <param name="builtIn">The destination types that come with the program.</param>
    /// <param name="vaultSecret">Resolves secret:VAULT/NAME; null where no vault can be asked.</param>
    /// <param name="loadPlugins">Loads what a folder holds. Called once at most.</param>
    /// <param name="readRegistered">Reads what the database of this path holds. Called once at most.</param>
    internal static ExportSettings Load(
        string? configPath,
        HostEnvironment environment,
        IReadOnlyCollection<DestinationType> builtIn,
        Func<string, string, string?>? vaultSecret,
        Func<string, PluginSet> loadPlugins,
        Func<string, RegistryContent> readRegistered)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(builtIn);
        var findings = new ConfigurationFindings();
        var variables = VariableSet.Read(environment, findings);
        var file = ConfigurationFile.Find(configPath, environment, variables);
        var paths = new UserPath(environment);
        var reader = new SettingReader(paths, findings);
        // Defaults start from the configuration file's folder, so that one configuration means one log wherever it is run from.
        var fallback = Origin.Default(file is null ? environment.WorkingDirectory : Path.GetDirectoryName(file)!);

        var core = new CoreSettingsReader(findings);
        core.Read(file is null ? [] : ReadFile(file, findings));
        var values = new CoreValues(core.Texts, variables, reader, fallback, findings);
        var uploadedIsDefault = RecordFolders.Derive(values, variables, paths);

        var plugins = Plugins(values, file, loadPlugins, findings);
        IReadOnlyCollection<DestinationType> types = [.. builtIn, .. plugins.Types];
        var drafts = Reader(findings).Read(core.Destinations);
        var typeLimits = new RateLimitReader(reader, findings).ReadTypes(core.RateLimits, types);
        new DestinationVariables(variables, findings).Apply(drafts, types);
        var isComplete = true;
        if (values.Text(CoreSettings.DatabasePath) is { } database)
        {
            var registered = readRegistered(database);
            isComplete = registered.Fault is null;
            new RegisteredDestinationReader(Reader, Builder, findings).Add(drafts, registered, Path.GetDirectoryName(database)!);
        }

        var isUnconfigured = file is null && drafts.Count == 0;
        if (isUnconfigured && types.FirstOrDefault(type => type.Name is LocalType) is { } local)
        {
            drafts.Add(new DestinationDraft(local.Name, local, fallback));
        }

        PluginDestinations.Add(drafts, plugins, findings);
        new UnusedVariables(variables, findings).Tell(drafts, types);
        DependencyCheck.Check(drafts, isComplete, findings);
        var certBundle = variables.Find(CertBundleVariable);
        findings.Values.AddRange(values.Show());
        findings.Values.Add(new ExportSetting("tls.cert_bundle", certBundle is null ? null : "PEM text", (certBundle?.Origin ?? fallback).Source));
        var build = Builder(findings);
        var destinations = RecordFolders.Check(values, drafts.Select(draft => (draft, build.Build(draft))), findings);
        findings.ThrowIfInvalid();

        Tell(values, file, isUnconfigured, destinations, findings);
        findings.Warnings.AddRange(destinations.Select(PlainTransport.WarningFor).OfType<string>());
        if (variables.Find(LogVariable) is { } log)
        {
            findings.Notices.Add($"{log.Origin.Source} is not used: NexusExport keeps its log in the database (nexus-export log, Get-UploadLog) and writes no log files.");
        }

        return new ExportSettings
        {
            ConfigFile = file,
            Strategy = Strategy(values.Text(CoreSettings.Strategy)),
            ThrottleLimit = (int)values.Number(CoreSettings.ThrottleLimit),
            MaxContentLength = (int)values.Number(CoreSettings.MaxContentLength),
            DefaultTimeout = values.Milliseconds(CoreSettings.DefaultTimeout),
            MaxAttempts = (int)values.Number(CoreSettings.MaxRetries),
            MaxWait = values.Milliseconds(CoreSettings.MaxWait),
            DatabasePath = values.Text(CoreSettings.DatabasePath)!,
            DatabaseBusyTimeout = values.Milliseconds(CoreSettings.BusyTimeout),
            RecordsPath = values.Text(CoreSettings.RecordsPath),
            UploadedPath = values.Text(CoreSettings.RecordsUploaded),
            UploadedIsDefault = uploadedIsDefault,
            SchemaPath = values.Text(CoreSettings.RecordsSchema),
            Tls = new TlsSettings
            {
                CertBundle = certBundle?.Text,
                CertBundleFile = values.Text(CoreSettings.CertBundleFile),
                DisableVerification = values.Flag(CoreSettings.DisableVerify),
            },
            Destinations = destinations,
            ImplicitArchive = isUnconfigured ? destinations.FirstOrDefault()?.Text("base_path") : null,
            Values = findings.Values,
            Warnings = findings.Warnings,
            Notices = findings.Notices,
        };

        DestinationReader Reader(ConfigurationFindings told) => new(types, plugins, new SettingReader(paths, told), told);

        DestinationBuilder Builder(ConfigurationFindings told) =>
            new(new SettingReader(paths, told), variables, paths, vaultSecret, typeLimits, fallback, told);
    }

    /// <summary>
    /// The plugins of the folder that is configured, else of the one beside the configuration file. Without a file there is no default: to be in
    /// some folder is not to ask for the programs in it to be run.
    /// </summary>
    private static PluginSet Plugins(CoreValues values, string? file, Func<string, PluginSet> load, ConfigurationFindings findings)
    {
        if (values.Text(CoreSettings.PluginsPath) is { } configured)
        {
            if (!Directory.Exists(configured))
            {
                findings.Warn(values.OriginOf(CoreSettings.PluginsPath), $"{CoreSettings.PluginsPath} names the folder {configured}, which does not exist");
            }

            return load(configured);
        }

        if (file is null)
        {
            return PluginSet.None;
        }

        var beside = Path.Combine(Path.GetDirectoryName(file)!, PluginFolderName);
        values.Derive(CoreSettings.PluginsPath, beside, Origin.Default(Path.GetDirectoryName(file)!));
        return load(beside);
    }

    private static IReadOnlyList<ConfigurationEntry> ReadFile(string file, ConfigurationFindings findings)
    {
        try
        {
            return new YamlReader(file, findings).Read(TextFile.Read(file));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            findings.Error(Origin.InFile(file, 1, 1), $"the file cannot be read: {ex.Message}");
            return [];
        }
    }

    // The reader lets through only the table's spellings.
    private static ExportStrategy Strategy(string? text) => text switch
    {
        "all" => ExportStrategy.All,
        "first_success" => ExportStrategy.FirstSuccess,
        _ => ExportStrategy.BestEffort,
    };

    private static void Tell(CoreValues values, string? file, bool isUnconfigured, List<DestinationSettings> destinations, ConfigurationFindings findings)
    {
        var database = values.Text(CoreSettings.DatabasePath);
        if (values.Flag(CoreSettings.DisableVerify))
        {
            var source = values.OriginOf(CoreSettings.DisableVerify).Source;
            findings.Warnings.Add(
                $"TLS certificates are not verified ({source}): anybody on the network can read and change what is sent.");
        }

        if (isUnconfigured)
        {
            var archive = destinations.Count > 0 ? destinations[0].Text("base_path") : null;
            findings.Notices.Add(
                $"No configuration found: records are archived in {archive} and logged in {database}. "
                + "New-ExportConfiguration writes a configuration file; -ConfigPath (--config) names one.");
        }
        else if (file is null && values.OriginOf(CoreSettings.DatabasePath).Place is "default")
        {
            findings.Notices.Add($"{CoreSettings.DatabasePath} is not set: the log is kept in {database}.");
        }
    }
}
