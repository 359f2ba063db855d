using System.Management.Automation;
using NexusExport.Diagnostics;
using NexusExport.PowerShell.Errors;

namespace NexusExport.PowerShell.Pumping;

/// <summary>The streams of a real cmdlet. What is written for people is made visible here, and in the faults themselves.</summary>
internal sealed class CmdletStreams(Cmdlet cmdlet) : ICmdletStreams
{
    public void WriteObject(object value) => cmdlet.WriteObject(value);

    public void WriteError(ExportFault fault, object? target) => cmdlet.WriteError(ErrorRecordFactory.Create(new ExportException(fault), target));

    public void WriteWarning(string text) => cmdlet.WriteWarning(VisibleText.Line(text));

    public void WriteVerbose(string text) => cmdlet.WriteVerbose(VisibleText.Line(text));

    public void WriteDebug(string text) => cmdlet.WriteDebug(VisibleText.Line(text));

    public void WriteProgress(PumpProgress progress) =>
        cmdlet.WriteProgress(new(ActivityId(progress.Activity), progress.Activity, VisibleText.Line(progress.Status))
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });

    // Two cmdlets in one pipeline have a line each.
    private static int ActivityId(string activity) => StringComparer.Ordinal.GetHashCode(activity) & int.MaxValue;
}
