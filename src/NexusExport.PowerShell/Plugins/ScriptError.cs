using System.Management.Automation;
using NexusExport.Routing.Plugins;

namespace NexusExport.PowerShell.Plugins;

/// <summary>Finds out what a script threw: a text, an object with a Code, or an exception.</summary>
internal static class ScriptError
{
    public static ScriptPluginException Translate(RuntimeException exception)
    {
        var cause = Cause(exception);
        var thrown = Members(exception.ErrorRecord?.TargetObject) ?? Members(cause);
        return new(Message(cause ?? exception.ErrorRecord?.Exception ?? exception) + Position(exception.ErrorRecord?.InvocationInfo), thrown, cause);
    }

    // A class of the script's own may throw here, too.
    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception ex) when (ex is not PipelineStoppedException)
        {
            return exception.GetType().Name;
        }
    }

    // PowerShell wraps what a cmdlet or a method threw in exceptions of its own.
    private static Exception? Cause(RuntimeException exception)
    {
        Exception? cause = exception.ErrorRecord?.Exception ?? exception;
        while (cause is RuntimeException)
        {
            cause = cause.InnerException;
        }

        return cause;
    }

    private static IReadOnlyDictionary<string, object?>? Members(object? thrown) =>
        ScriptValue.ToPlain(thrown) is IReadOnlyDictionary<string, object?> members && members.GetValueOrDefault("Code") is string ? members : null;

    private static string Position(InvocationInfo? invocation) =>
        invocation is { ScriptName.Length: > 0 } ? $" ({Path.GetFileName(invocation.ScriptName)}, line {invocation.ScriptLineNumber})" : string.Empty;
}
