using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NexusExport.PowerShell.Completion;

/// <summary>Completes what the configuration and its database know.</summary>
public abstract class EngineCompleter : IArgumentCompleter
{
    private const int MostShown = 200;

    private protected EngineCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return ConfiguredEngine.Ask(fakeBoundParameters, (engine, location) => Suggest(engine, new(fakeBoundParameters, location)))
            .Where(suggestion => suggestion.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && suggestion.CanBeTyped)
            .DistinctBy(suggestion => suggestion.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MostShown)
            .Select(suggestion => suggestion.ToResult());
    }

    private protected abstract IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command);
}
