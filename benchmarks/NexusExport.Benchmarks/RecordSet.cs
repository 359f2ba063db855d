using System.Globalization;
using System.Text;

namespace NexusExport.Benchmarks;

/// <summary>Makes a folder of record files; the same ones for the same numbers.</summary>
internal static class RecordSet
{
    private const int Seed = 20260123;
    private const double Sigma = 1.0;

    /// <summary>Writes the files and returns the folder.</summary>
    public static string Create(string folder, int count, int medianBytes) => Create(folder, count, medianBytes, Sigma);

    /// <summary>The same with files of one size.</summary>
    public static string CreateEqual(string folder, int count, int bytes) => Create(folder, count, bytes, sigma: 0);

    private static string Create(string folder, int count, int medianBytes, double sigma)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(Seed);
        for (var session = 1; session <= count; session++)
        {
            var size = (int)Math.Clamp(medianBytes * Math.Exp(sigma * Normal(random)), 1_000, 900_000);
            var name = string.Create(CultureInfo.InvariantCulture, $"2026-01-23_FEI-Titan-TEM_{session}.xml");
            File.WriteAllText(Path.Combine(folder, name), Xml(session, size, random));
        }

        return folder;
    }

    // Box and Muller's way from two uniform numbers to a normal one.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Xml(int session, int size, Random random)
    {
        var text = new StringBuilder(size + 500);
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
              <title>Benchmark session {session}</title>
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

            """);
        for (var index = 0; text.Length < size; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      <param name=\"Lens {index} (µm)\">{random.NextDouble():R}</param>\n");
        }

        return text.Append("    </setup>\n  </acquisitionActivity>\n</Experiment>\n").ToString();
    }
}
