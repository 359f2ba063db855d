using System.Globalization;
using NexusExport.Publishing;

namespace NexusExport;

/// <summary>What a run came to, counted in records. Fed from the reading and the exporting side at once.</summary>
public sealed class ExportTally
{
    private readonly Lock _gate = new();

    /// <summary>Records that were sent somewhere, and succeeded.</summary>
    public int Exported { get; private set; }

    /// <summary>Records of which nothing had to be sent.</summary>
    public int AlreadyExported { get; private set; }

    /// <summary>Records that failed by the strategy.</summary>
    public int Failed { get; private set; }

    /// <summary>Files that gave no record.</summary>
    public int NoRecord { get; private set; }

    /// <summary>All records.</summary>
    public int Records => Exported + AlreadyExported + Failed;

    /// <summary>What a scheduled job should end with: 0, or 1 if a record failed or a file was no record.</summary>
    public int ExitCode => Failed + NoRecord == 0 ? 0 : 1;

    /// <summary>The counts by name, for programs.</summary>
    public IReadOnlyDictionary<string, int> Counts => new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["records"] = Records,
        ["exported"] = Exported,
        ["already_exported"] = AlreadyExported,
        ["failed"] = Failed,
        ["no_record"] = NoRecord,
    };

    /// <summary>Counts one record: already exported if nothing had to be sent anywhere.</summary>
    public void Add(RecordFinished finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        lock (_gate)
        {
            if (!finished.Success)
            {
                Failed++;
            }
            else if (finished.Results.Any(result => result.Status == ExportStatus.Exported))
            {
                Exported++;
            }
            else
            {
                AlreadyExported++;
            }
        }
    }

    /// <summary>Counts one file that is no record.</summary>
    public void AddNoRecord()
    {
        lock (_gate)
        {
            NoRecord++;
        }
    }

    /// <summary>One line, for example "6 records: 6 exported, 0 already exported, 0 failed".</summary>
    public override string ToString()
    {
        var records = Records == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{Records} records");
        var strays = NoRecord switch
        {
            0 => string.Empty,
            1 => ", 1 file is no record",
            _ => string.Create(CultureInfo.InvariantCulture, $", {NoRecord} files are no records"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{records}: {Exported} exported, {AlreadyExported} already exported, {Failed} failed{strays}");
    }
}
