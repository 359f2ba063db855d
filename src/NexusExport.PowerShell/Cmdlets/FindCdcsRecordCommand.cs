using System.Management.Automation;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Finds records on a CDCS server.</summary>
/// <remarks>
/// <para>Asks the server of a cdcs destination for the records that its account may read, and writes each as soon as its page is there. With
/// -First no page is asked for that nobody needs. Nothing is changed.</para>
/// </remarks>
/// <example>
/// <para>Finds the records of one instrument by their titles.</para>
/// <code>Find-CdcsRecord -Title '*_FEI-Titan-TEM_*'</code>
/// </example>
/// <example>
/// <para>Downloads the first ten records whose text mentions silicon.</para>
/// <code>Find-CdcsRecord -Keyword silicon -First 10 | Save-CdcsRecord -OutputPath ./found</code>
/// </example>
/// <seealso cref="SaveCdcsRecordCommand"/>
/// <seealso cref="RemoveCdcsRecordCommand"/>
/// <seealso cref="GetExportDestinationCommand"/>
[Cmdlet(VerbsCommon.Find, "CdcsRecord")]
[OutputType(typeof(CdcsRecord))]
public sealed class FindCdcsRecordCommand : EngineCmdlet
{
    /// <summary>Title of the records. Without wildcards it is compared exactly.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Title { get; set; }

    /// <summary>Title or id of the template that the records belong to, whichever of its versions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CdcsTemplateCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Template { get; set; }

    /// <summary>Words that the server looks for in the records.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Keyword { get; set; }

    /// <summary>At most so many records.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>The cdcs destination whose server is asked.</summary>
    /// <value>The only one</value>
    [Parameter]
    [ArgumentCompleter(typeof(CdcsDestinationNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DestinationName { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var query = new CdcsRecordQuery { Title = Title, Template = Template, Keyword = Keyword, First = First };
        Progress.Status = $"Asking {DestinationName ?? "the CDCS server"}";
        var found = 0;
        foreach (var record in Pump.Pull(token => Engine.Cdcs.FindAsync(DestinationName, query, token)))
        {
            Progress.Status = $"{++found} found";
            Streams.WriteObject(record);
        }
    }
}
