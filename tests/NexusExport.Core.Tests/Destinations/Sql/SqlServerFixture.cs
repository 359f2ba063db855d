using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NexusExport.Tests.Destinations.Sql;

/// <summary>A real server on loopback, with a data folder of its own, for all the tests of a collection. Does nothing where it is not installed.</summary>
public abstract class SqlServerFixture(string program, string account) : IAsyncLifetime, IDisposable
{
    public const string Database = "lab";
    public const string User = "nexus";
    public const string Password = "s3cret'; \\Pa$$";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _folder = new();
    private readonly List<string> _output = [];
    private Process? _server;

    public int Port { get; } = FreePort();

    public string CertificateFile => _folder["certificate.pem"];

    protected string KeyFile => _folder["key.pem"];

    protected string Folder => _folder.Path;

    /// <summary>A connection as the server's administrator.</summary>
    public abstract DbConnection Connect();

    public async Task InitializeAsync()
    {
        if (RequiresProgramAttribute.Find(program) is not { } path)
        {
            return;
        }

        ServerCertificate.Write(CertificateFile, KeyFile);
        if (Environment.IsPrivilegedProcess)
        {
            // These servers refuse to run as root.
            await RunAsync("chown", "-R", account, Folder);
        }

        await PrepareAsync();
        _server = Start(path, [.. ServerArguments()]);
        await WaitUntilReadyAsync();
        foreach (var statement in SetUp())
        {
            Execute(statement);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            _server.WaitForExit();
            _server.Dispose();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    public int Execute(string sql)
    {
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each cell as text; null for NULL.</summary>
    public IReadOnlyList<string?[]> Rows(string sql)
    {
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => Convert.ToString(reader.GetValue(index), CultureInfo.InvariantCulture))]);
        }

        return rows;
    }

    /// <summary>Makes the data folder.</summary>
    protected abstract Task PrepareAsync();

    protected abstract IEnumerable<string> ServerArguments();

    /// <summary>Statements that make the database and the account.</summary>
    protected abstract IEnumerable<string> SetUp();

    protected async Task RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} ended with {process.ExitCode}: {Output()}");
        }
    }

    private Process Start(string name, string[] arguments)
    {
        string[] asAccount = ["--reuid", account, "--regid", account, "--clear-groups", name];
        var lower = Environment.IsPrivilegedProcess && name != "chown";
        var start = new ProcessStartInfo(lower ? "setpriv" : name, lower ? [.. asAccount, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = Connect();
                await connection.OpenAsync();
                return;
            }
            catch (DbException ex)
            {
                if (_server!.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
                {
                    throw new InvalidOperationException($"{program} did not start: {ex.Message} {Output()}", ex);
                }

                await Task.Delay(100);
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null && _output.Count < 200)
            {
                _output.Add(line);
            }
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return string.Join('\n', _output);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
