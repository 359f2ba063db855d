using System.Management.Automation;

namespace NexusExport.PowerShell.Plugins;

/// <summary>
/// What a script block is given. An <see cref="ExportContext"/> also has what its document tells, as members of its own: <c>$Context.FileName</c>
/// reads better than <c>$Context.Document.FileName</c>.
/// </summary>
internal static class ScriptArgument
{
    public static object? Of(object? argument)
    {
        if (argument is not ExportContext { Document: var document })
        {
            return argument;
        }

        var shown = PSObject.AsPSObject(argument);
        Tell(shown, nameof(document.Record), document.Record);
        Tell(shown, nameof(document.Content), document.Content);
        Tell(shown, nameof(document.FileName), document.FileName);
        Tell(shown, nameof(document.Metadata), document.Metadata);
        return shown;
    }

    // PowerShell keeps such members with the object: one that a script is given a second time has them already.
    private static void Tell(PSObject shown, string name, object? value)
    {
        if (shown.Properties[name] is null)
        {
            shown.Properties.Add(new PSNoteProperty(name, value));
        }
    }
}
