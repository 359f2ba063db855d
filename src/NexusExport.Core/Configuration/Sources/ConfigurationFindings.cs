namespace NexusExport.Configuration.Sources;

/// <summary>What reading a configuration brings to light, collected so that the user hears of everything at once. Holds no secret.</summary>
internal sealed class ConfigurationFindings
{
    private const int ShownErrors = 50;
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    public List<string> Warnings { get; } = [];

    public List<string> Notices { get; } = [];

    public List<ExportSetting> Values { get; } = [];

    /// <summary>A copy for the next step to go on with, so that the value of this one stays as it is.</summary>
    public ConfigurationFindings Copy()
    {
        var copy = new ConfigurationFindings();
        copy._errors.AddRange(_errors);
        copy.Warnings.AddRange(Warnings);
        copy.Notices.AddRange(Notices);
        copy.Values.AddRange(Values);
        return copy;
    }

    public void Error(Origin origin, string message) => _errors.Add($"{origin.Position}: {message}");

    public void Warn(Origin origin, string message) => Warnings.Add($"{origin.Position}: {message}");

    /// <summary>Throws CONFIGURATION_INVALID with every error on a line of its own, if there is one.</summary>
    public void ThrowIfInvalid()
    {
        if (_errors.Count == 0)
        {
            return;
        }

        var lines = _errors.Take(ShownErrors).ToList();
        if (_errors.Count > ShownErrors)
        {
            lines.Add($"… and {_errors.Count - ShownErrors} more");
        }

        throw new ExportException(ExportFault.OfLines(ExportErrorCode.ConfigurationInvalid, lines));
    }
}
