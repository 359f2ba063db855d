namespace NexusExport.Host.Reporting;

/// <summary>Shows rows as they come; keeps none of them.</summary>
internal interface IListing<in T>
{
    /// <summary>Shows one row.</summary>
    void Write(T row);
}
