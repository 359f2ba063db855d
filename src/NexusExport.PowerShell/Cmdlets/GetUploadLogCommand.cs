using System.Management.Automation;
using NexusExport.PowerShell.Completion;
using NexusExport.Store;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Gets the upload log: what was sent where, when, and with what outcome.</summary>
/// <remarks>
/// <para>Streams the rows of upload_log, newest first: one for each attempt to bring one record to one destination, those of NexusLIMS
/// included. Where there is no database yet there is nothing.</para>
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
    /// <summary>Only rows of these sessions.</summary>
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

    /// <summary>Only attempts at this moment or later. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only attempts before this moment. A date without an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>At most this many rows, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Progress.Status = $"Reading the log in {Engine.Settings.DatabasePath}";
        var query = new UploadLogQuery
        {
            SessionIdentifier = SessionIdentifier,
            DestinationName = DestinationName,
            Failed = Failed,
            Since = Since,
            Before = Before,
            First = First,
        };
        foreach (var entry in Pump.Pull(token => Engine.ReadUploadLogAsync(query, token)))
        {
            Streams.WriteObject(entry);
        }
    }
}
