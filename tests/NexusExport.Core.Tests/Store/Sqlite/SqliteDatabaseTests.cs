using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteDatabaseTests() : DatabaseContract(new SqliteLab());
