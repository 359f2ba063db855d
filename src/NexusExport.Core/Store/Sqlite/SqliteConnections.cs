using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NexusExport.Store.Sqlite;

/// <summary>Opens connections to one database, each with the settings that its use needs.</summary>
internal sealed class SqliteConnections
{
    private const string WalMode = "wal";

    // FULL: a commit is on disk before anybody hears of it, power cut or not. The log is folded into the database every 32 MB
    // (pages of 4 KiB) rather than every 4: that is what costs most beside the flush itself.
    private const string WriterPragmas =
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 8000;";

    private const int WriterTries = 100;

    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(5);

    private readonly TimeSpan _busyTimeout;
    private readonly string _writerString;
    private readonly string _readerString;

    private SqliteConnections(
        string path, TimeSpan busyTimeout, string readerSource, bool poolReaders, SqliteOpenMode readerMode = SqliteOpenMode.ReadOnly)
    {
        Path = path;
        _busyTimeout = busyTimeout;
        _writerString = Describe(path, SqliteOpenMode.ReadWriteCreate, pooling: false);
        _readerString = Describe(readerSource, readerMode, poolReaders);
    }

    /// <summary>Full path of the database.</summary>
    public string Path { get; }

    /// <summary>For a store that reads and writes.</summary>
    public static SqliteConnections ForUse(string path, TimeSpan busyTimeout) => new(path, busyTimeout, path, poolReaders: true);

    /// <summary>
    /// For reading while others may write, over a long time: takes part in SQLite's locking like a writer, and leaves the database as it was.
    /// </summary>
    public static SqliteConnections ForReading(string path, TimeSpan busyTimeout) =>
        new(path, busyTimeout, path, poolReaders: true, SqliteOpenMode.ReadWrite);

    /// <summary>
    /// For looking only: creates and changes no file. A database in WAL mode that nobody has open must be opened as immutable, because
    /// SQLite would otherwise create its -wal and -shm files; one that somebody has open is read through those as they are
    /// (https://sqlite.org/wal.html#read_only_databases). Only a log without its shared memory, as a restored copy may have it, cannot
    /// be read without SQLite making a -shm file.
    /// </summary>
    public static SqliteConnections ForLooking(string path, TimeSpan busyTimeout)
    {
        var uri = new Uri(path).AbsoluteUri;
        return new SqliteConnections(path, busyTimeout, uri + LookingOption(path), poolReaders: false);
    }

    /// <summary>A connection that writes. The journal mode is the file's own until <see cref="UseWriteAheadLog"/>.</summary>
    public SqlStatements OpenWriter()
    {
        for (var tries = 1; ; tries++)
        {
            var writer = Open(_writerString, WriterPragmas);
            if (tries == WriterTries || !IsHeldByALook(writer))
            {
                return writer;
            }

            writer.Dispose();
            Thread.Sleep(WriterPause);
        }
    }

    /// <summary>A connection that only reads; give it back by disposing it.</summary>
    public SqlStatements OpenReader() => Open(_readerString, "PRAGMA temp_store = MEMORY;");

    /// <summary>Puts the file into WAL mode, so that readers and the writer do not block each other.</summary>
    public void UseWriteAheadLog(SqlStatements writer)
    {
        if (writer.Query("PRAGMA journal_mode;", row => row.GetString(0)) is not [WalMode])
        {
            writer.ExecutePatiently("PRAGMA journal_mode = WAL;", _busyTimeout);
        }
    }

    /// <summary>Closes the idle readers, so that the files can be deleted and the log is folded into the database.</summary>
    public void CloseIdleReaders()
    {
        using var connection = new SqliteConnection(_readerString);
        SqliteConnection.ClearPool(connection);
    }

    // A process maps a database's shared memory once. While one of its threads has it mapped for looking only, which takes milliseconds, a
    // writer that joins cannot write, and never will be able to.
    private static bool IsHeldByALook(SqlStatements writer)
    {
        if (writer.IsReadOnly)
        {
            return false;
        }

        try
        {
            writer.Execute("BEGIN IMMEDIATE; ROLLBACK;");
            return false;
        }
        catch (SqliteException exception)
        {
            // Busy, full, no database: whoever begins to work with it is told.
            return exception.SqliteErrorCode == raw.SQLITE_READONLY;
        }
    }

    private static string Describe(string source, SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = source,
        Mode = mode,
        Pooling = pooling,

        // The library polls a busy database for this many whole seconds on top of busy_timeout, which does the real waiting.
        DefaultTimeout = 1,
    }.ToString();

    private static string LookingOption(string path) =>
        !File.Exists(path + "-wal") ? IsInWalMode(path) ? "?immutable=1" : ""
        : File.Exists(path + "-shm") ? "?readonly_shm=1" : "";

    private static bool IsInWalMode(string path)
    {
        // Bytes 18 and 19 of the header are 2 in WAL mode (https://sqlite.org/fileformat2.html#file_format_version_numbers).
        Span<byte> header = stackalloc byte[20];
        using var file = RegularFile.OpenRead(path);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header[18] == 2;
    }

    private SqlStatements Open(string connectionString, string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var milliseconds = ((long)_busyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var statements = new SqlStatements(connection);
            statements.Execute($"PRAGMA busy_timeout = {milliseconds}; {pragmas}");
            return statements;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
