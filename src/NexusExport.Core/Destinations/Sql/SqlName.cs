namespace NexusExport.Destinations.Sql;

/// <summary>Which names of tables and columns are taken: they are the one part of a statement that cannot be a parameter.</summary>
internal static class SqlName
{
    /// <summary>Whether a column may be called so: letters of ASCII, digits, _ and $.</summary>
    public static bool IsColumn(string name, int maxLength) =>
        name.Length > 0 && name.Length <= maxLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$');

    /// <summary>Whether a table may be called so: like a column, or a schema, a dot and a table.</summary>
    public static bool IsTable(string name, int maxLength) =>
        name.Split('.') is { Length: 1 or 2 } parts && parts.All(part => IsColumn(part, maxLength));
}
