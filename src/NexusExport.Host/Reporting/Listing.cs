using NexusExport.Host.Lifetime;

namespace NexusExport.Host.Reporting;

/// <summary>Chooses how rows are shown.</summary>
internal static class Listing
{
    /// <summary>JSON if asked for, aligned columns on a terminal, tab-separated lines otherwise.</summary>
    public static IListing<T> For<T>(HostContext context, bool json, IReadOnlyList<ListingColumn<T>> columns)
    {
        if (json)
        {
            return new JsonListing<T>(context.Out);
        }

        return context.OutIsTerminal ? new ColumnListing<T>(context.Out, columns) : new PlainListing<T>(context.Out, columns);
    }
}
