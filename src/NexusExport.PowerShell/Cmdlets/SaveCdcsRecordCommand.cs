using System.Management.Automation;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Downloads records from a CDCS server.</summary>
/// <remarks>
/// <para>Writes each record's XML into a folder, in a file named after its title. The file has its name only when it is whole. A file that
/// exists is not replaced unless -Force is given. Titles are not unique: where several records of one call have the same, the first has it as
/// its file's name and the others have their id as well (title_4711.xml), with and without -Force.</para>
/// </remarks>
/// <example>
/// <para>Downloads every record that was made with one template.</para>
/// <code>Find-CdcsRecord -Template 'Nexus Experiment Schema' | Save-CdcsRecord -OutputPath ./cdcs</code>
/// </example>
/// <example>
/// <para>Downloads one record by its id.</para>
/// <code>Save-CdcsRecord 4711</code>
/// </example>
/// <seealso cref="FindCdcsRecordCommand"/>
/// <seealso cref="RemoveCdcsRecordCommand"/>
[Cmdlet(VerbsData.Save, "CdcsRecord", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveCdcsRecordCommand : EngineCmdlet
{
    private readonly CdcsFileNames _names = new();

    /// <summary>Ids of records on the server.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Title of the record, for the file's name. Without it the server is asked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Title { get; set; }

    /// <summary>The folder to write into. It is made if it is missing.</summary>
    /// <value>The current location</value>
    [Parameter(Position = 1)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = ".";

    /// <summary>The cdcs destination whose server is asked.</summary>
    /// <value>The only one</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CdcsDestinationNameCompleter))]
    public string? DestinationName { get; set; }

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var destination = Engine.Cdcs.NameOf(DestinationName);
        var folder = GetUnresolvedProviderPathFromPSPath(OutputPath);
        foreach (var id in Id.Where(id => ShouldProcess($"{destination} → {folder}", $"Download record {id}")))
        {
            Progress.Status = Title ?? id;
            try
            {
                var title = Id.Length == 1 && !string.IsNullOrEmpty(Title) ? Title : null;
                var file = Pump.Run(token => Engine.Cdcs.SaveAsync(destination, id, title, folder, _names, Force, token));
                WriteObject(Item(file.FullName));
            }
            catch (ExportException ex)
            {
                Streams.WriteError(ex.Fault, id);
            }
        }
    }
}
