using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteResultJournalTests() : ResultJournalContract(new SqliteLab());
