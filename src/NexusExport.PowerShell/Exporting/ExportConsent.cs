using System.Management.Automation;
using NexusExport.Diagnostics;
using NexusExport.Pipeline;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Exporting;

/// <summary>Asks ShouldProcess once for each record and destination, on the pipeline thread.</summary>
/// <param name="cmdlet">The cmdlet that asks.</param>
/// <param name="pump">Where a preview is waited for.</param>
/// <param name="preview">Renders what would be sent; called only under -WhatIf.</param>
internal sealed class ExportConsent(
    PSCmdlet cmdlet,
    CmdletPump pump,
    Func<LabRecord, string, CancellationToken, Task<PreviewRendered>> preview)
{
    private readonly bool _whatIf = IsWhatIf(cmdlet);

    /// <summary>The record with the destinations that were agreed to; null if there are none.</summary>
    public ExportItem? Ask(LabRecord record, IReadOnlyList<string> destinations)
    {
        var agreed = destinations.Where(name => Agrees(record, name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return agreed.Count switch
        {
            0 => null,
            var count when count == destinations.Count => new(record),
            _ => new(record, agreed),
        };
    }

    private bool Agrees(LabRecord record, string destination) =>
        cmdlet.ShouldProcess(
            VisibleText.Line($"{RecordName.Of(record)} → {destination}"),
            _whatIf ? VisibleText.Line(Describe(record, destination)) : "Export");

    private string Describe(LabRecord record, string destination) => pump.Run(token => preview(record, destination, token)).Summary;

    private static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));
}
