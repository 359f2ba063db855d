using System.Management.Automation;
using NexusExport.PowerShell.Pumping;
using NexusExport.PowerShell.Reporting;

namespace NexusExport.PowerShell;

/// <summary>The streams of a real cmdlet. What is written for people is made visible here, and in the faults themselves.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="configFile">
/// The configuration file that objects are made under, null for none. They remember it in a property, which the next cmdlet's -ConfigPath takes
/// by its name: what was read under one configuration must not be exported by another one.
/// </param>
internal sealed class CmdletStreams(Cmdlet cmdlet, Func<string?> configFile) : ICmdletStreams
{
    private const string ConfigPath = nameof(EngineCmdlet.ConfigPath);

    private static readonly string[] SummaryTags = ["PSHOST", "NexusExport.Summary"];

    public void WriteObject(object value) => cmdlet.WriteObject(configFile() is { } file ? Remembering(value, file) : value);

    public void WriteError(ExportFault fault, object? target) => cmdlet.WriteError(ErrorRecordFactory.Create(new ExportException(fault), target));

    public void WriteWarning(string text) => cmdlet.WriteWarning(VisibleText.Line(text));

    public void WriteVerbose(string text) => cmdlet.WriteVerbose(VisibleText.Line(text));

    public void WriteDebug(string text) => cmdlet.WriteDebug(VisibleText.Line(text));

    // Shown as Write-Host shows things: without the tag nobody would see it.
    public void WriteSummary(ExportTally tally) => cmdlet.WriteInformation(tally, SummaryTags);

    public void WriteProgress(PumpProgress progress) =>
        cmdlet.WriteProgress(new(ActivityId(progress.Activity), progress.Activity, VisibleText.Line(progress.Status))
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });

    private static PSObject Remembering(object value, string file)
    {
        var remembering = PSObject.AsPSObject(value);
        remembering.Properties.Remove(ConfigPath);
        remembering.Properties.Add(new PSNoteProperty(ConfigPath, file));
        return remembering;
    }

    // Two cmdlets in one pipeline have a line each.
    private static int ActivityId(string activity) => StringComparer.Ordinal.GetHashCode(activity) & int.MaxValue;
}
