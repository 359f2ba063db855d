using System.Collections.ObjectModel;
using System.Management.Automation;

namespace NexusExport.PowerShell.Plugins;

/// <summary>What a script wrote, the last of it: only that counts, and a script may write without end.</summary>
internal sealed class LastWritten : Collection<PSObject>
{
    private const int MostKept = 100;

    /// <inheritdoc/>
    protected override void InsertItem(int index, PSObject item)
    {
        if (Count >= MostKept)
        {
            RemoveAt(0);
        }

        base.InsertItem(Count, item);
    }
}
