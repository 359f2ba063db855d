using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteUploadLogTests() : UploadLogContract(new SqliteLab());
