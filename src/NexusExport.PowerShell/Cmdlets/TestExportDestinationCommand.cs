using System.Management.Automation;
using System.Runtime.CompilerServices;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Tests whether destinations can be reached and exported to.</summary>
/// <remarks>
/// <para>Calls each destination with its own settings and tells whether that succeeded, how long it took, what the credentials may do there,
/// and, if it failed, why and what to do. Nothing is left at the destination. A destination that cannot be reached is a result with Success
/// False, not an error.</para>
/// <para>Without a name every enabled destination is tested, all at once.</para>
/// <para>A SQL destination whose table is missing fails with the statement that makes it; Initialize-ExportDestination makes it.</para>
/// </remarks>
/// <example>
/// <para>Tests every enabled destination.</para>
/// <code>Test-ExportDestination</code>
/// </example>
/// <example>
/// <para>Exports only if the destination can be used.</para>
/// <code>if (Test-ExportDestination cdcs -Quiet) { Get-Record | Invoke-RecordExport -DestinationName cdcs }</code>
/// </example>
/// <example>
/// <para>Shows what is wrong with the destinations that fail, and what to do.</para>
/// <code>Test-ExportDestination | Where-Object -Not Success | Format-List DestinationName, ErrorCode, Message, RecommendedAction</code>
/// </example>
/// <seealso cref="GetExportDestinationCommand"/>
/// <seealso cref="InitializeExportDestinationCommand"/>
/// <seealso cref="InvokeRecordExportCommand"/>
/// <seealso>about_NexusExport_Errors</seealso>
[Cmdlet(VerbsDiagnostic.Test, "ExportDestination")]
[OutputType(typeof(DestinationTestResult), typeof(bool))]
public sealed class TestExportDestinationCommand : EngineCmdlet
{
    private bool _failed;
    private bool _tested;

    /// <summary>Names of destinations, enabled or not.</summary>
    /// <value>Every enabled destination</value>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    [SupportsWildcards]
    public string[] DestinationName { get; set; } = [];

    /// <summary>Return one Boolean instead of results: True if at least one destination was tested and every one succeeded.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var all = Engine.Destinations.Describe();
        var chosen = DestinationName is []
            ? all.Where(destination => destination.Enabled)
            : DestinationNames.Select(all, DestinationName, Streams);
        var names = chosen.Select(destination => destination.DestinationName).ToList();
        Progress.Status = $"Asking {string.Join(", ", names)}";
        foreach (var result in Pump.Pull(token => TestAsync(names, token)))
        {
            _tested = true;
            _failed |= !result.Success;
            if (!Quiet)
            {
                Streams.WriteObject(result);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Quiet)
        {
            WriteObject(_tested && !_failed);
        }
    }

    private async IAsyncEnumerable<DestinationTestResult> TestAsync(List<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tests = names.ConvertAll(name => Engine.Destinations.TestAsync(name, cancellationToken));
        await foreach (var test in Task.WhenEach(tests).WithCancellation(cancellationToken))
        {
            yield return await test;
        }
    }
}
