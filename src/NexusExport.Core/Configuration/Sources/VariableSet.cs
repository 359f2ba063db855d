using System.Text.RegularExpressions;

namespace NexusExport.Configuration.Sources;

/// <summary>The environment's variables and behind them those of .env. An empty variable counts as not set.</summary>
internal sealed class VariableSet
{
    private readonly HostEnvironment _environment;

    // pydantic, which reads .env for NexusLIMS, does not mind the case of its names.
    private readonly Dictionary<string, SettingText> _dotEnv = new(StringComparer.OrdinalIgnoreCase);

    private VariableSet(HostEnvironment environment) => _environment = environment;

    /// <summary>Reads .env in the working directory, if there is one. What cannot be read there is a warning.</summary>
    public static VariableSet Read(HostEnvironment environment, ConfigurationFindings findings)
    {
        var variables = new VariableSet(environment);
        var file = Path.Combine(environment.WorkingDirectory, ".env");
        if (!File.Exists(file))
        {
            return variables;
        }

        try
        {
            var (entries, badLines) = DotEnvFile.Parse(TextFile.Read(file), name => environment.Variables.GetValueOrDefault(name));
            foreach (var entry in entries)
            {
                variables._dotEnv[entry.Name] = new SettingText(entry.Value, Origin.InDotEnv(file, entry.Line, entry.Name));
            }

            findings.Warnings.AddRange(badLines.Select(line => $"{file}:{line}: this line is not NAME=value and is ignored"));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or RegexMatchTimeoutException)
        {
            findings.Warnings.Add($"{file}: cannot be read and is ignored: {ex.Message}");
        }

        return variables;
    }

    /// <summary>The variable's text with where it was set; null where it is not.</summary>
    public SettingText? Find(string name) =>
        _environment.Variables.TryGetValue(name, out var text) && text.Length > 0
            ? new SettingText(text, Origin.InEnvironment(name, _environment.WorkingDirectory))
            : _dotEnv.TryGetValue(name, out var entry) && entry.Text.Length > 0 ? entry : null;

    /// <summary>The variables that begin with <paramref name="prefix"/> and are set, by name.</summary>
    public IReadOnlyList<string> WithPrefix(string prefix) =>
    [
        .. _environment.Variables.Keys.Concat(_dotEnv.Keys)
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Find(name) is not null)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal),
    ];
}
