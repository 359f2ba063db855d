using System.Globalization;
using System.Text;

namespace NexusExport.Host.Tests;

/// <summary>Writes record files as NexusLIMS builds them.</summary>
internal static class SampleRecords
{
    /// <summary>Writes <paramref name="count"/> records, sessions 1 to count, into a folder and returns the folder.</summary>
    public static string Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (var session = 1; session <= count; session++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"2026-01-23_FEI-Titan-TEM_{session}.xml");
            File.WriteAllText(Path.Combine(folder, name), Xml(session));
        }

        return folder;
    }

    /// <summary>One record; its length differs from session to session.</summary>
    public static string Xml(int session)
    {
        var parameters = new StringBuilder();
        for (var index = 0; index < 5 + (session % 40); index++)
        {
            parameters.Append(CultureInfo.InvariantCulture, $"      <param name=\"Stage {index} (µm)\">{session * index}</param>\n");
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
              <title>Session {session}</title>
              <id>{session}</id>
              <summary>
                <experimenter>Ada Müller</experimenter>
                <instrument pid="FEI-Titan-TEM">FEI Titan TEM</instrument>
                <reservationStart>2026-01-23T10:00:00-07:00</reservationStart>
                <reservationEnd>2026-01-23T12:00:00-07:00</reservationEnd>
              </summary>
              <acquisitionActivity seqno="0">
                <startTime>2026-01-23T10:05:00-07:00</startTime>
                <setup>
            {parameters}    </setup>
              </acquisitionActivity>
            </Experiment>
            """);
    }
}
