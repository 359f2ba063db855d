using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NexusExport.Store;

/// <summary>Opens connections to one database, each with the settings that its use needs.</summary>
internal sealed class SqliteConnections
{
    private const string WalMode = "wal";

    private readonly TimeSpan _busyTimeout;
    private readonly string _writerString;
    private readonly string _readerString;

    private SqliteConnections(string path, TimeSpan busyTimeout, string readerSource, bool poolReaders)
    {
        NativeSqlite.EnsureLoaded();
        Path = path;
        _busyTimeout = busyTimeout;
        _writerString = Describe(path, SqliteOpenMode.ReadWriteCreate, pooling: false);
        _readerString = Describe(readerSource, SqliteOpenMode.ReadOnly, poolReaders);
    }

    /// <summary>Full path of the database.</summary>
    public string Path { get; }

    /// <summary>For a store that reads and writes.</summary>
    public static SqliteConnections ForUse(string path, TimeSpan busyTimeout) => new(path, busyTimeout, path, poolReaders: true);

    /// <summary>
    /// For looking only: creates and changes no file. A database in WAL mode that nobody has open must be opened as immutable, because
    /// SQLite would otherwise create its -wal and -shm files; one that somebody has open is read through those as they are
    /// (https://sqlite.org/wal.html#read_only_databases).
    /// </summary>
    public static SqliteConnections ForLooking(string path, TimeSpan busyTimeout)
    {
        var uri = new Uri(path).AbsoluteUri;
        var source = File.Exists(path + "-wal") ? uri + "?readonly_shm=1" : IsInWalMode(path) ? uri + "?immutable=1" : uri;
        return new SqliteConnections(path, busyTimeout, source, poolReaders: false);
    }

    /// <summary>A connection that writes. The journal mode is the file's own until <see cref="UseWriteAheadLog"/>.</summary>
    public SqliteConnection OpenWriter() => Open(_writerString, "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;");

    /// <summary>A connection that only reads; give it back by disposing it.</summary>
    public SqliteConnection OpenReader() => Open(_readerString, "PRAGMA temp_store = MEMORY;");

    /// <summary>Puts the file into WAL mode, so that readers and the writer do not block each other.</summary>
    public void UseWriteAheadLog(SqliteConnection writer)
    {
        if (writer.ExecuteScalar<string>("PRAGMA journal_mode;") != WalMode)
        {
            // SQLite's own busy handler does not wait here; Microsoft.Data.Sqlite's time-out (whole seconds) does.
            writer.Execute("PRAGMA journal_mode = WAL;", commandTimeout: Math.Max(1, (int)Math.Ceiling(_busyTimeout.TotalSeconds)));
        }
    }

    /// <summary>Closes the idle readers, so that the files can be deleted and the log is folded into the database.</summary>
    public void CloseIdleReaders()
    {
        using var connection = new SqliteConnection(_readerString);
        SqliteConnection.ClearPool(connection);
    }

    private static string Describe(string source, SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = source,
        Mode = mode,
        Pooling = pooling,

        // The library polls a busy database for this many whole seconds on top of busy_timeout, which does the real waiting.
        DefaultTimeout = 1,
    }.ToString();

    private static bool IsInWalMode(string path)
    {
        // Bytes 18 and 19 of the header are 2 in WAL mode (https://sqlite.org/fileformat2.html#file_format_version_numbers).
        Span<byte> header = stackalloc byte[20];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header[18] == 2;
    }

    private SqliteConnection Open(string connectionString, string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var milliseconds = ((long)_busyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            connection.Execute($"PRAGMA busy_timeout = {milliseconds}; {pragmas}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
