using System.Xml;
using System.Xml.Schema;
using NexusExport.Records;

namespace NexusExport.Documents;

/// <summary>An XSD file with what it imports and includes, read and compiled once. Several threads may use it at a time.</summary>
internal sealed class RecordSchema
{
    private readonly Lazy<XmlSchemaSet> _compiled;

    /// <param name="path">The XSD file.</param>
    public RecordSchema(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _compiled = new(Compile, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public string Path { get; }

    /// <summary>The schema set. Throws CONFIGURATION_INVALID, with line and column where there are any, if the file is missing or broken.</summary>
    public XmlSchemaSet Compiled => _compiled.Value;

    private XmlSchemaSet Compile()
    {
        try
        {
            var resolver = new BesideResolver(System.IO.Path.GetDirectoryName(Path)!);
            var set = new XmlSchemaSet { XmlResolver = resolver };
            set.ValidationEventHandler += (_, found) => throw found.Exception;
            var settings = RecordXmlReader.Settings();
            settings.XmlResolver = resolver;
            using var stream = RegularFile.OpenRead(Path);
            using var reader = XmlReader.Create(stream, settings, new Uri(Path).AbsoluteUri);
            set.Add(targetNamespace: null, reader);
            set.Compile();
            return set;
        }
        catch (XmlSchemaException exception)
        {
            throw Invalid(exception.SourceUri, RecordFaults.Place(exception.LineNumber, exception.LinePosition), exception);
        }
        catch (XmlException exception)
        {
            throw Invalid(exception.SourceUri, RecordFaults.Place(exception.LineNumber, exception.LinePosition), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(source: null, place: string.Empty, exception);
        }
    }

    private ExportException Invalid(string? source, string place, Exception exception)
    {
        var file = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : Path;
        var cause = exception.InnerException is { } inner ? " " + inner.Message : string.Empty;
        return new(ExportErrorCode.ConfigurationInvalid, $"records.schema: {file}: {place}{exception.Message}{cause}", exception);
    }

    /// <summary>Opens files of one folder (and of the folders in it), and nothing else: a schema brings no network access with it.</summary>
    private sealed class BesideResolver(string folder) : XmlResolver
    {
        private readonly string _root = folder.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar;

        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn)
        {
            if (!absoluteUri.IsFile || !System.IO.Path.GetFullPath(absoluteUri.LocalPath).StartsWith(_root, StringComparison.Ordinal))
            {
                throw new XmlException($"'{absoluteUri}' is not read: only files beside the schema are.");
            }

            return RegularFile.OpenRead(absoluteUri.LocalPath);
        }
    }
}
