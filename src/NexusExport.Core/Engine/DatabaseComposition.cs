using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Engine;

/// <summary>Says which database engine the product runs on. Nothing else outside Store/Sqlite knows it.</summary>
internal static class DatabaseComposition
{
    /// <summary>The database that <paramref name="options"/> describe. Opens nothing.</summary>
    public static IDatabase Compose(StoreOptions options) => new SqliteDatabase(options);

    /// <summary>Has the engine loaded, by a thread that has nothing else to do.</summary>
    public static void WarmUp() => SqliteWarmUp.Run();
}
