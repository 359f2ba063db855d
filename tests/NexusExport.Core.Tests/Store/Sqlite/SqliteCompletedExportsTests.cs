using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteCompletedExportsTests() : CompletedExportsContract(new SqliteLab());
