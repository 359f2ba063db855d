using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NexusExport.PowerShell.Binding;

/// <summary>Completes names of CDCS destinations. Reads the configuration, never the network.</summary>
public sealed class CdcsDestinationNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => ConfiguredEngine.Complete(wordToComplete, fakeBoundParameters, engine => engine.CdcsDestinationNames);
}
