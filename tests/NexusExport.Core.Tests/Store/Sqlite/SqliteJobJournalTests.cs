using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteJobJournalTests() : JobJournalContract(new SqliteLab());
