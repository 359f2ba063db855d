using System.Management.Automation;
using NexusExport.PowerShell.Completion;
using NexusExport.PowerShell.Reading;
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
/// <example>
/// <para>Reads the records that a CSV file names in its column Path, FullName, RecordPath or SessionIdentifier.</para>
/// <code>Import-Csv ./chosen.csv | Get-Record</code>
/// </example>
/// <seealso cref="InvokeRecordExportCommand"/>
/// <seealso cref="GetUploadLogCommand"/>
/// <seealso>about_NexusExport</seealso>
[Cmdlet(VerbsCommon.Get, "Record", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabRecord))]
public sealed class GetRecordCommand : EngineCmdlet
{
    private RecordIntake? _intake;

    /// <summary>
    /// Record files and folders; of a folder its *.xml files, of which hidden ones are told of and not read. Without a path the configured records
    /// folder and its uploaded folder are read. Beside objects from the pipeline: where the records of their sessions are looked for.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "InputObject")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Record files and folders, taken exactly as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>
    /// Paths, files and folders, or any object that tells a record's file (Path, FullName or RecordPath) or its session (SessionIdentifier): records,
    /// results, rows of the upload log, lines of a CSV file. Their files are read anew.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only records of these sessions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [SupportsWildcards]
    public string[] SessionIdentifier { get; set; } = [];

    /// <summary>Only records of these instruments, by their identifier or their name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InstrumentCompleter))]
    [SupportsWildcards]
    public string[] Instrument { get; set; } = [];

    /// <summary>Only records of these users.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserCompleter))]
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
    [ArgumentCompleter(typeof(SessionStatusCompleter))]
    [SupportsWildcards]
    public string[] Status { get; set; } = [];

    /// <summary>Only records that at least one of these destinations does not have yet.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    public string[] NotExportedTo { get; set; } = [];

    private RecordQuery Query => new()
    {
        SessionIdentifier = SessionIdentifier,
        Instrument = Instrument,
        User = User,
        Since = Since,
        Before = Before,
        Status = Status,
        NotExportedTo = NotExportedTo,
    };

    private bool IsFiltered =>
        Since is not null || Before is not null || new[] { SessionIdentifier, Instrument, User, Status, NotExportedTo }.Any(filter => filter.Length > 0);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        Progress.Status = "Listing the records";
        _intake = new(
            new RecordPaths(SessionState.Path, Streams),
            Streams,
            Engine.Settings.RecordsPath is not null,
            query => Pump.Pull(token => Engine.Records.ReadAsync(query, token)));
    }

    /// <inheritdoc/>
    private protected override void Process() => Write(
        InputObject is not null ? _intake!.Read(InputObject, Query)
        : (Path ?? LiteralPath) is not null ? _intake!.Read(Path, LiteralPath, Query)
        : _intake!.ReadConfigured(Query));

    /// <inheritdoc/>
    private protected override void Complete() => Write(_intake!.ReadSessions(Path, Query, IsFiltered));

    private void Write(IEnumerable<LabRecord> records)
    {
        foreach (var record in records)
        {
            Progress.Status = record.Path ?? record.SessionIdentifier;
            Streams.WriteObject(record);
        }
    }
}
