using System.Management.Automation;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Removes records from a CDCS server.</summary>
/// <remarks>
/// <para>Deletes records for good, and asks before each one unless -Confirm:$false is given. The removal is written down: the record's job is
/// rolled back, Get-UploadLog shows it, and the next export sends the record again if its file is still among the records. A record that is
/// gone already is only written down; an id that neither the server nor the log has is an error (ResourceNotFound).</para>
/// </remarks>
/// <example>
/// <para>Shows which records would be removed.</para>
/// <code>Find-CdcsRecord -Title 'test*' | Remove-CdcsRecord -WhatIf</code>
/// </example>
/// <example>
/// <para>Removes one record by its id without asking.</para>
/// <code>Remove-CdcsRecord 4711 -Confirm:$false</code>
/// </example>
/// <seealso cref="FindCdcsRecordCommand"/>
/// <seealso cref="SaveCdcsRecordCommand"/>
[Cmdlet(VerbsCommon.Remove, "CdcsRecord", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdcsRecordCommand : EngineCmdlet
{
    /// <summary>Ids of records on the server.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Title of the record, for the question whether to remove it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Title { get; set; }

    /// <summary>The cdcs destination whose server is meant.</summary>
    /// <value>The only one</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CdcsDestinationNameCompleter))]
    public string? DestinationName { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var destination = Engine.Cdcs.NameOf(DestinationName);
        foreach (var id in Id.Where(id => ShouldProcess($"{Title ?? id} at {destination}", $"Remove record {id}")))
        {
            Progress.Status = Title ?? id;
            try
            {
                Pump.Run(async token =>
                {
                    await Engine.Cdcs.RemoveAsync(destination, id, token);
                    return true;
                });
            }
            catch (ExportException ex)
            {
                Streams.WriteError(ex.Fault, id);
            }
        }
    }
}
