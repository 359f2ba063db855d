using System.Globalization;
using System.Xml;
using System.Xml.Schema;
using NexusExport.Records;

namespace NexusExport.Documents;

/// <summary>Stage 3: checks the document in one pass: size, text encoding, and for XML well-formedness, root element and schema.</summary>
/// <param name="maxContentLength">Most characters that a document may have.</param>
/// <param name="schema">Schema that XML documents must satisfy; null for none.</param>
internal sealed class ValidationStage(int maxContentLength, RecordSchema? schema)
{
    /// <summary>Schema errors that are told; one mistake mostly brings others with it.</summary>
    public const int MaxSchemaErrors = 5;

    /// <summary>Throws CONFIGURATION_INVALID if the schema cannot be used; what is wrong with the document is in the result.</summary>
    public ValidationResult Execute(ExportDocument document)
    {
        var errors = new List<ExportFault>();
        var warnings = new List<ExportFault>();
        var length = document.Content.CharCount;
        if (length > maxContentLength)
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"{length:N0} characters");
            errors.Add(ContentLimit.Exceeded(document.DisplayName, size, maxContentLength));
        }

        if (XmlMediaTypes.Includes(document.Content.MediaType))
        {
            ValidateXml(document, errors, warnings);
        }
        else if (!document.Content.IsValidText)
        {
            errors.Add(new(ExportErrorCode.NotWellFormed, $"{document.DisplayName}: the text is not valid UTF-8."));
        }

        return new(errors, warnings);
    }

    private void ValidateXml(ExportDocument document, List<ExportFault> errors, List<ExportFault> warnings)
    {
        var name = document.DisplayName;
        var settings = RecordXmlReader.Settings();
        if (schema is not null)
        {
            settings.ValidationType = ValidationType.Schema;
            settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
            settings.Schemas = schema.Compiled;
            settings.ValidationEventHandler += (_, found) =>
            {
                var list = found.Severity == XmlSeverityType.Error ? errors : warnings;
                if (list.Count(fault => fault.Code == ExportErrorCode.SchemaInvalid) < MaxSchemaErrors)
                {
                    list.Add(found.Severity == XmlSeverityType.Error ? ForSchema(name, found.Exception) : Uncovered(name, found.Exception));
                }
            };
        }

        try
        {
            if (XmlParsing.Run(() => ReadThrough(document, settings)) is { } fault)
            {
                errors.Add(fault);
            }
        }
        catch (XmlException exception)
        {
            errors.Add(RecordFaults.ForXml(name, exception));
        }
    }

    // The schema's complaints go to the settings' handler meanwhile.
    private ExportFault? ReadThrough(ExportDocument document, XmlReaderSettings settings)
    {
        var name = document.DisplayName;
        using var stream = document.Content.OpenRead();
        using var reader = XmlReader.Create(stream, settings);
        reader.MoveToContent();
        if (RecordFaults.ForRoot(name, reader.LocalName, reader.NamespaceURI) is { } fault)
        {
            return fault;
        }

        if (schema is not null && reader.SchemaInfo?.SchemaElement is null)
        {
            return new(
                ExportErrorCode.SchemaInvalid,
                $"{name}: the schema {schema.Path} does not describe the element '{reader.LocalName}' of the namespace '{reader.NamespaceURI}'.");
        }

        while (reader.Read())
        {
            // The reader checks as it goes.
        }

        return null;
    }

    // The schema has no opinion on some part of the document: it says so and lets it pass.
    private static ExportFault Uncovered(string name, XmlSchemaException exception) => ForSchema(name, exception) with
    {
        RecommendedAction = "Nothing has to be done: the record is exported. A schema that describes this part (records.schema) would check it, too.",
    };

    private static ExportFault ForSchema(string name, XmlSchemaException exception) =>
        new(ExportErrorCode.SchemaInvalid, $"{name}: {RecordFaults.Place(exception.LineNumber, exception.LinePosition)}{exception.Message}");
}
