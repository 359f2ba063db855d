using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NexusExport.PowerShell.Binding;

/// <summary>Completes names of destination types, which also make good names for the first destination of a type. Reads the configuration, never the network.</summary>
public sealed class DestinationTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => ConfiguredEngine.Complete(wordToComplete, fakeBoundParameters, engine => engine.DestinationTypeNames);
}
