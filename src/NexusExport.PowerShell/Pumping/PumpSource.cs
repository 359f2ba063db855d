using System.Threading.Channels;

namespace NexusExport.PowerShell.Pumping;

/// <summary>The end of <see cref="CmdletPump.Pull"/> that is off the pipeline thread.</summary>
internal static class PumpSource
{
    /// <summary>Puts the items of a source into a channel, and its end or its exception after them.</summary>
    public static async Task ProduceAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, ChannelWriter<T> items, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in source(cancellationToken).WithCancellation(cancellationToken))
            {
                await items.WriteAsync(item, cancellationToken);
            }

            items.Complete();
        }
        catch (Exception ex)
        {
            // Not lost: the pipeline thread meets it when it has taken the items before it.
            items.Complete(ex);
        }
    }
}
