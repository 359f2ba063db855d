using System.Management.Automation;
using NexusExport.PowerShell.Completion;
using NexusExport.PowerShell.Reading;
using NexusExport.Store;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Gets the upload log: what was sent where, when, and with what outcome.</summary>
/// <remarks>
/// <para>Streams the rows of upload_log, newest first: one for each attempt to bring one record to one destination, those of NexusLIMS
/// included. Where there is no database yet there is nothing.</para>
/// <para>To export what is missing, ask the records and not the log: Get-Record -NotExportedTo NAME gives the records that a destination does not
/// have yet, whether or not anybody tried.</para>
/// </remarks>
/// <example>
/// <para>Shows the last ten attempts.</para>
/// <code>Get-UploadLog -First 10</code>
/// </example>
/// <example>
/// <para>Counts this week's failures by destination.</para>
/// <code>Get-UploadLog -Failed -Since (Get-Date).AddDays(-7) | Group-Object DestinationName</code>
/// </example>
/// <example>
/// <para>Shows what is missing still: the last attempt of each record at each destination, where it failed.</para>
/// <code>Get-UploadLog -StillFailing</code>
/// </example>
/// <example>
/// <para>Shows the log of the records that were just exported.</para>
/// <code>Get-Record ./records | Get-UploadLog -DestinationName cdcs</code>
/// </example>
/// <seealso cref="InvokeRecordExportCommand"/>
/// <seealso cref="GetRecordCommand"/>
/// <seealso>about_NexusExport</seealso>
[Cmdlet(VerbsCommon.Get, "UploadLog")]
[OutputType(typeof(UploadLogEntry))]
public sealed class GetUploadLogCommand : EngineCmdlet
{
    private bool _isPiped;
    private LogLookUps? _piped;

    /// <summary>Only rows of these sessions. Sessions that are piped in mean just themselves, and are looked up a thousand at a time.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LoggedSessionCompleter))]
    [SupportsWildcards]
    public string[] SessionIdentifier { get; set; } = [];

    /// <summary>Only rows of these destinations; one that is no longer configured can be named, too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    [SupportsWildcards]
    public string[] DestinationName { get; set; } = [];

    /// <summary>Only attempts that failed.</summary>
    [Parameter]
    public SwitchParameter Failed { get; set; }

    /// <summary>Only failures that nothing has followed: of each record at each destination the last attempt, if it failed.</summary>
    [Parameter]
    public SwitchParameter StillFailing { get; set; }

    /// <summary>Only attempts at this moment or later. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only attempts before this moment. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>At most this many rows, the newest; of all sessions together where several are piped in.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    private UploadLogQuery Query => new()
    {
        SessionIdentifier = SessionIdentifier,
        DestinationName = DestinationName,
        Failed = Failed,
        StillFailing = StillFailing,
        Since = Since,
        Before = Before,
        First = First,
    };

    /// <inheritdoc/>
    private protected override void BeforeInput() => _isPiped = !MyInvocation.BoundParameters.ContainsKey(nameof(SessionIdentifier));

    /// <inheritdoc/>
    private protected override void Begin() => _piped = new LogLookUps(Query);

    /// <inheritdoc/>
    private protected override void Process()
    {
        Progress.Status = $"Reading the log in {Engine.Settings.DatabasePath}";
        if (!_isPiped || SessionIdentifier.Length == 0)
        {
            Write([Query]);
            return;
        }

        _piped!.Add(SessionIdentifier, DestinationName);
        if (_piped.IsFull)
        {
            Write(_piped.Take());
        }
    }

    /// <inheritdoc/>
    private protected override void Complete() => Write(_piped?.Take() ?? []);

    private void Write(IReadOnlyList<UploadLogQuery> queries)
    {
        var entries = Pump.Pull(token => Engine.Log.ReadAsync(queries, token));

        // Each query gives its own newest ones.
        foreach (var entry in First is { } most && queries.Count > 1 ? entries.OrderByDescending(entry => entry.Id).Take(most) : entries)
        {
            Streams.WriteObject(entry);
        }
    }
}
