using System.Text.Json;

namespace NexusExport.Tests.Recordings;

/// <summary>
/// The exchanges that were recorded with a real server, in the order in which they happened. A test that reads one carries
/// <see cref="RequiresSharedAttribute"/> with the file's path, so that it is skipped aloud where there is none.
/// </summary>
internal sealed class Recording
{
    /// <summary>Path of the exchanges with CDCS (core_main_app 2.18.0) below "shared".</summary>
    public const string CdcsPath = "facts/recorded/cdcs-core_main_app-2.18.0.jsonl";

    /// <summary>Path of the exchanges with eLabFTW 5.6.12 below "shared".</summary>
    public const string ElabFtwPath = "facts/recorded/elabftw-5.6.12.jsonl";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<Recording> LazyCdcs = new(() => Load(CdcsPath));
    private static readonly Lazy<Recording> LazyElabFtw = new(() => Load(ElabFtwPath));

    private readonly Dictionary<string, RecordedExchange> _byLabel;

    private Recording(IReadOnlyList<RecordedExchange> exchanges)
    {
        Exchanges = exchanges;
        _byLabel = exchanges.ToDictionary(exchange => exchange.Label, StringComparer.Ordinal);
    }

    public static Recording Cdcs => LazyCdcs.Value;

    public static Recording ElabFtw => LazyElabFtw.Value;

    public IReadOnlyList<RecordedExchange> Exchanges { get; }

    /// <summary>The exchange of a label; a label that the file does not have is a mistake of the test.</summary>
    public RecordedExchange this[string label] => _byLabel[label];

    /// <summary>Labels for a theory; one row named for its file where there is none, which the skipped test never runs.</summary>
    public static TheoryData<string> Labels(string path, Func<RecordedExchange, bool>? wanted = null) =>
        SharedFixtures.FindShared(path) is null
            ? [path]
            : [.. Load(path).Exchanges.Where(wanted ?? (_ => true)).Select(exchange => exchange.Label)];

    private static Recording Load(string path)
    {
        var file = SharedFixtures.FindShared(path) ?? throw new FileNotFoundException("The test needs RequiresShared.", path);
        return new([.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<RecordedExchange>(line, Json)!)]);
    }
}
