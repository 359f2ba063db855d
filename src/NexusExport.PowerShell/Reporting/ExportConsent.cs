using System.Management.Automation;
using NexusExport.PowerShell.Pumping;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport.PowerShell.Reporting;

/// <summary>Asks ShouldProcess once for each record and destination, on the pipeline thread; under -WhatIf for what would really be done.</summary>
/// <param name="cmdlet">The cmdlet that asks.</param>
/// <param name="pump">Where a preview is waited for.</param>
/// <param name="preview">Renders what would be sent; called only under -WhatIf.</param>
internal sealed class ExportConsent(
    PSCmdlet cmdlet,
    CmdletPump pump,
    Func<LabRecord, CancellationToken, Task<IReadOnlyList<PreviewRendered>>> preview)
{
    private readonly bool _whatIf = IsWhatIf(cmdlet);

    /// <summary>
    /// The record with the destinations that were agreed to; null if there are none, as under -WhatIf. Throws, under -WhatIf, what is wrong with
    /// a file that cannot be read.
    /// </summary>
    public ExportItem? Ask(LabRecord record, IReadOnlyList<string> destinations)
    {
        if (_whatIf)
        {
            Show(record);
            return null;
        }

        var agreed = destinations.Where(name => cmdlet.ShouldProcess(Target(record, name), "Export")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return agreed.Count switch
        {
            0 => null,
            var count when count == destinations.Count => new(record),
            _ => new(record, agreed),
        };
    }

    private static string Target(LabRecord record, string destination) => VisibleText.Line($"{RecordName.Of(record)} → {destination}");

    private static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    private void Show(LabRecord record)
    {
        foreach (var rendered in pump.Run(token => preview(record, token)))
        {
            // Answers no, for nothing is done under -WhatIf.
            cmdlet.ShouldProcess(Target(record, rendered.DestinationName), VisibleText.Line(rendered.Summary));
            foreach (var warning in rendered.ValidationWarnings)
            {
                cmdlet.WriteVerbose(VisibleText.Line(warning.Message));
            }
        }
    }
}
