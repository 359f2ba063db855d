using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NexusExport.PowerShell.Completion;

/// <summary>Completes the states that a session has in a NexusLIMS database.</summary>
public sealed class SessionStatusCompleter : IArgumentCompleter
{
    // session_log's own check constraint, all generations together.
    private static readonly string[] States =
        ["BUILT_NOT_EXPORTED", "COMPLETED", "ERROR", "NO_CONSENT", "NO_FILES_FOUND", "NO_RESERVATION", "TO_BE_BUILT", "WAITING_FOR_END"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => States
            .Where(state => state.StartsWith((wordToComplete ?? string.Empty).Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(state => new Suggestion(state).ToResult());
}
