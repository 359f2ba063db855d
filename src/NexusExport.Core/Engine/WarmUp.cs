using System.Text;
using NexusExport.Documents;
using NexusExport.Records;
using YamlDotNet.Core;

namespace NexusExport.Engine;

/// <summary>
/// Has what every export needs loaded and compiled by a second thread, while the first one reads the command line and the configuration.
/// In a fresh process that is half of what one record takes. It touches no file but those of the program.
/// </summary>
internal static class WarmUp
{
    private static int _hasBegun;

    /// <summary>Begins, once in a process; whoever needs a part that is under way waits for that part alone.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            new Thread(Run) { IsBackground = true, Name = "NexusExport warm-up" }.Start();
        }
    }

    private static void Run()
    {
        // In the order in which an export asks for them.
        foreach (var part in (Action[])[Yaml, DatabaseComposition.WarmUp, Document])
        {
            try
            {
                part();
            }
            catch (Exception)
            {
                // What is wrong here is wrong in earnest soon, and told there.
            }
        }
    }

    private static void Yaml()
    {
        var parser = new Parser(new Scanner(new StringReader("a: { b: [c] }")));
        while (parser.MoveNext())
        {
            // The parser compiles its expressions at the first document.
        }
    }

    private static void Document()
    {
        var bytes = Encoding.UTF8.GetBytes(
            $"""<?xml version="1.0" encoding="UTF-8"?><{RecordXmlReader.RootName} xmlns="{RecordXmlReader.Namespace}"><title>a</title></{RecordXmlReader.RootName}>""");
        using var stream = new MemoryStream(bytes);
        RecordXmlReader.Read(stream, "");
        var content = new FormattedContent(bytes);
        new ValidationStage(bytes.Length, schema: null).Execute(new() { SessionIdentifier = "a", FileName = "a", Content = content });
    }
}
