namespace NexusExport.Destinations.Sql;

/// <summary>What a column holds.</summary>
internal enum SqlColumnRole
{
    Id,
    FileName,
    Content,
    Metadata,
    CreatedAt,
    UpdatedAt,
}
