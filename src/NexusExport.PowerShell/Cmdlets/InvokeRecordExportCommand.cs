using System.Management.Automation;
using NexusExport.Configuration;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;
using NexusExport.PowerShell.Reading;
using NexusExport.PowerShell.Reporting;
using NexusExport.Routing;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Exports lab records to the configured destinations.</summary>
/// <remarks>
/// <para>Sends each record to the destinations that the strategy asks for, and writes one result for each record and destination as soon as it
/// is there, while further records still come in. Every result is in the upload log before it is shown.</para>
/// <para>What a destination already has is reported as AlreadyExported and not sent again, so running the command again exports only what is
/// missing.</para>
/// <para>Failures are told at the end, one line for each cause: a warning where every record succeeded by its strategy although a destination
/// failed, an error where records failed, with their number, the first of them as TargetObject, and what to do. Nothing is held up by a
/// record that fails, not even with -ErrorAction Stop, which stops when everything that can be exported is. -Verbose tells each failure as it
/// comes. Ctrl+C stops within a second and leaves a consistent log.</para>
/// <para>One line that sums up comes at the end, on the information stream: 6&gt; $null or -InformationAction Ignore leaves it out, and
/// -InformationVariable takes it as an object with Records, Exported, AlreadyExported, Failed and ExitCode.</para>
/// </remarks>
/// <example>
/// <para>Exports every record of a folder to every enabled destination.</para>
/// <code>Get-Record ./records | Invoke-RecordExport</code>
/// </example>
/// <example>
/// <para>Shows what would be sent where. Makes no call and writes nothing.</para>
/// <code>Invoke-RecordExport ./records -WhatIf</code>
/// </example>
/// <example>
/// <para>The two lines of a scheduled task: exports everything that can be exported, and ends the script with 1 if a record failed, a file was
/// no record or the command could not run. The task calls pwsh -NoProfile -File with this script.</para>
/// <code>Get-Record | Invoke-RecordExport -Strategy All
/// exit [int](-not $?)</code>
/// </example>
/// <example>
/// <para>Takes the counts of a run.</para>
/// <code>Get-Record ./records | Invoke-RecordExport -InformationVariable summary
/// $summary.MessageData.Failed</code>
/// </example>
/// <example>
/// <para>Sends one record again to one destination although it is there already.</para>
/// <code>Get-Record ./records | Select-Object -First 1 | Invoke-RecordExport -DestinationName archive -Force</code>
/// </example>
/// <seealso cref="GetRecordCommand"/>
/// <seealso cref="TestExportDestinationCommand"/>
/// <seealso cref="GetUploadLogCommand"/>
/// <seealso>about_NexusExport_Strategies</seealso>
/// <seealso>about_NexusExport_Errors</seealso>
[Cmdlet(VerbsLifecycle.Invoke, "RecordExport", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(ExportResult))]
public sealed class InvokeRecordExportCommand : EngineCmdlet
{
    private ExportPlan? _plan;
    private RecordIntake? _intake;
    private ExportConsent? _consent;
    private ExportFeed? _feed;
    private ExportReporter? _reporter;

    /// <summary>
    /// Records as Get-Record gives them; also paths, files and folders, and any object that tells a record's file (Path, FullName or RecordPath) or
    /// its session (SessionIdentifier), such as results and lines of a CSV file, which are read as Get-Record reads them.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Record files and folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Record files and folders, taken exactly as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The destinations. One that is named in full is used even if it is disabled.</summary>
    /// <value>Every enabled destination</value>
    [Parameter]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    [SupportsWildcards]
    public string[] DestinationName { get; set; } = [];

    /// <summary>
    /// Which destinations are tried, and what counts as success: BestEffort, All or FirstSuccess (best_effort, all and first_success mean the same).
    /// </summary>
    /// <value>The configured strategy, else BestEffort</value>
    [Parameter]
    [StrategySpelling]
    public ExportStrategy Strategy { get; set; }

    /// <summary>
    /// How many records are being sent to a destination at once, over as many connections. With 1, records are exported strictly one after the other.
    /// </summary>
    /// <value>The configured limit, else 4</value>
    [Parameter]
    [ValidateRange(1, ExportSettings.MostAtOnce)]
    public int ThrottleLimit { get; set; }

    /// <summary>
    /// Send what a destination already has, too, without looking first: most destinations then hold it twice. To repair a log, no -Force is needed: a
    /// run with a new database finds by itself what is there.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => DestinationName is [] ? base.ErrorTarget : DestinationName;

    private protected override bool TellsWarnings => true;

    private protected override bool TellsNotices => true;

    private protected override int? CallsAtOnce => IsGiven(nameof(ThrottleLimit)) ? ThrottleLimit : null;

    /// <inheritdoc/>
    private protected override void BeforeInput() => ExportEngine.Prepare();

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _plan = Engine.Exports.Plan(new()
        {
            DestinationName = DestinationName,
            Strategy = IsGiven(nameof(Strategy)) ? Strategy : null,
            Force = Force,
        });
        _intake = new(
            new RecordPaths(SessionState.Path, Streams),
            Streams,
            Engine.Settings.RecordsPath is not null,
            query => Pump.Pull(token => Engine.Records.ReadAsync(query, token)));
        _consent = new(this, Pump, (record, token) => Engine.Exports.PreviewAsync(record, _plan, token));
        _reporter = new(Progress, string.Join(", ", _plan.Destinations));
        Progress.Status = "Waiting for the first record";
        _feed = new(Pump, _reporter, (items, token) => Engine.Exports.RunAsync(items, _plan, token), _plan.ThrottleLimit);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (InputObject is { BaseObject: LabRecord record } && IsThere(record))
        {
            Export(record);
            return;
        }

        Export(InputObject is null ? _intake!.Read(Path, LiteralPath, new()) : _intake!.Read(InputObject, new()));
    }

    /// <inheritdoc/>
    private protected override void Complete()
    {
        Export(_intake!.ReadSessions(folders: null, new(), isFiltered: false));
        _feed!.Complete();
    }

    /// <inheritdoc/>
    private protected override void Conclude() => _reporter?.Complete(Streams);

    // A record whose file went elsewhere meanwhile, as an export before this one moves it, is looked for by its session.
    private static bool IsThere(LabRecord record) => record.Path is null || File.Exists(record.Path);

    private void Export(IEnumerable<LabRecord> records)
    {
        foreach (var record in records)
        {
            Export(record);
        }
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Export(LabRecord record)
    {
        try
        {
            if (_consent!.Ask(record, _plan!.Destinations) is { } item)
            {
                _feed!.Submit(item);
            }
        }
        catch (ExportException exception)
            when (exception.Fault.Code is ExportErrorCode.RecordNotFound or ExportErrorCode.RecordUnreadable or ExportErrorCode.ContentTooLarge)
        {
            // A preview of a file that cannot be read: the others are still worth looking at.
            Streams.WriteError(exception.Fault, record);
        }
    }
}
