using NexusExport.Configuration;
using NexusExport.Diagnostics;
using NexusExport.Tests.Store;

namespace NexusExport.Tests.Routing;

/// <summary>A lab with a configuration and a database of its own.</summary>
public sealed class RegistrationBed : IDisposable
{
    private readonly TempFolder _lab = new();

    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["NX_DB_PATH"] = "log.db" };

    public string Path => _lab.Path;

    public string Database => _lab["log.db"];

    public static DestinationDefinition Local(string name, string folder = "archive") => new(name) { Type = "local", Settings = Settings(("base_path", folder)) };

    public static IReadOnlyDictionary<string, object?> Settings(params (string Name, object? Value)[] values) =>
        values.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    public void WriteYaml(string text) => _lab.Write("nexus-export.yaml", text);

    /// <summary>What was logged as a warning.</summary>
    public ICollection<string> Logged { get; } = new List<string>();

    public ExportEngine Open() => ExportEngine.Open(new EngineOptions
    {
        Log = new WarningList(Logged),
        Environment = new HostEnvironment(_lab.Path, Variables.AsReadOnly(), _lab["user"], _lab["machine"]),
    });

    public async Task<DestinationInfo> RegisterAsync(DestinationDefinition definition, bool test = false)
    {
        await using var engine = Open();
        return await engine.Destinations.RegisterAsync(definition, test, CancellationToken.None);
    }

    public async Task<DestinationInfo> SetAsync(DestinationDefinition definition, bool test = false)
    {
        await using var engine = Open();
        return await engine.Destinations.SetAsync(definition, test, CancellationToken.None);
    }

    public async Task<DestinationInfo> UnregisterAsync(string name)
    {
        await using var engine = Open();
        return await engine.Destinations.UnregisterAsync(name, CancellationToken.None);
    }

    public async Task<IReadOnlyList<DestinationInfo>> ListAsync()
    {
        await using var engine = Open();
        return engine.Destinations.Describe();
    }

    public async Task<IReadOnlyList<string>> WarningsAsync()
    {
        await using var engine = Open();
        return engine.Settings.Warnings;
    }

    public void Execute(string sql) => NexusLimsDatabase.Run(Database, sql);

    public void Dispose() => _lab.Dispose();

    private sealed class WarningList(ICollection<string> warnings) : ILogSink
    {
        public void Write(LogEntry entry)
        {
            if (entry.Severity == LogSeverity.Warning)
            {
                warnings.Add(entry.Message);
            }
        }
    }
}
