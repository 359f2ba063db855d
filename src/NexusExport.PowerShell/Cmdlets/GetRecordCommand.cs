using System.Management.Automation;
using NexusExport.PowerShell.Binding;
using NexusExport.Records;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Gets lab records from files, folders or the configured records folder.</summary>
/// <remarks>
/// <para>Streams one record for each NexusLIMS record file, as files are found. Of each file only as much is read as it takes to know the
/// session, the instrument, the user, the title and the times; nothing is written or moved.</para>
/// <para>With a NexusLIMS database configured, the session's identifier, status and instrument name come from there.</para>
/// <para>A file that is no record gives an error that names the file and the reason, and the rest go on.</para>
/// </remarks>
/// <example>
/// <para>Exports what the configured records folder holds and the destination cdcs does not have yet.</para>
/// <code>Get-Record -NotExportedTo cdcs | Invoke-RecordExport</code>
/// </example>
/// <example>
/// <para>Lists the records of one instrument since the first of March.</para>
/// <code>Get-Record ./records -Instrument FEI-Titan* -Since 2025-03-01</code>
/// </example>
/// <example>
/// <para>Reads exactly the files that another command chose.</para>
/// <code>Get-ChildItem ./records -Filter *.xml | Where-Object Length -gt 100kB | Get-Record</code>
/// </example>
/// <seealso cref="InvokeRecordExportCommand"/>
/// <seealso cref="GetUploadLogCommand"/>
/// <seealso>about_NexusExport</seealso>
[Cmdlet(VerbsCommon.Get, "Record", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabRecord))]
public sealed class GetRecordCommand : EngineCmdlet
{
    /// <summary>Record files and folders. Without a path the configured records folder and its uploaded folder are read.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Record files and folders, taken exactly as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Only records of these sessions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] SessionIdentifier { get; set; } = [];

    /// <summary>Only records of these instruments, by their identifier or their name.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Instrument { get; set; } = [];

    /// <summary>Only records of these users.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] User { get; set; } = [];

    /// <summary>Only sessions that began at this moment or later. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only sessions that began before this moment. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only sessions with this status in the NexusLIMS database, for example BUILT_NOT_EXPORTED.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Status { get; set; } = [];

    /// <summary>Only records that at least one of these destinations does not have yet.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    public string[] NotExportedTo { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        var paths = new RecordPaths(SessionState.Path, Streams).Resolve(Path, LiteralPath);
        if (paths.Count == 0 && (Path ?? LiteralPath) is not null)
        {
            return;
        }

        foreach (var reading in Pump.Pull(token => Engine.ReadRecordsAsync(Query(paths), token)))
        {
            Write(reading);
        }
    }

    private RecordQuery Query(IReadOnlyList<string> paths) => new()
    {
        Paths = paths,
        SessionIdentifier = SessionIdentifier,
        Instrument = Instrument,
        User = User,
        Since = Since,
        Before = Before,
        Status = Status,
        NotExportedTo = NotExportedTo,
    };

    private void Write(RecordReading reading)
    {
        Progress.Status = reading.Path;
        if (reading.Record is { } record)
        {
            WriteObject(record);
        }
        else if (reading.Fault is { } fault)
        {
            Streams.WriteError(fault, reading.Path);
        }
    }
}
