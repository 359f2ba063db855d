using System.Globalization;
using System.Xml;

namespace NexusExport.Records;

/// <summary>The wording of everything that can be wrong with a record file, in one place. Every message begins with the file's name.</summary>
internal static class RecordFaults
{
    // What .NET puts in the place of bytes that are no UTF-8.
    private const char NoCharacter = '\uFFFD';

    public static ExportFault NotFound(string name) => new(ExportErrorCode.RecordNotFound, $"{name}: there is no such file or folder.");

    public static ExportFault Hidden(string path) => new(ExportErrorCode.NotARecord, $"{path}: the file is hidden, so it was not read.")
    {
        RecommendedAction = "Rename the file (without a dot before its name) if it is a record, or remove it.",
    };

    /// <summary>Why a name that a folder lists leads to no file; null where the file has gone since.</summary>
    public static ExportFault? ForNameWithoutFile(string path)
    {
        if (LinkTarget(path) is { } target)
        {
            return new(ExportErrorCode.RecordUnreadable, $"{path}: is a link to '{target}', which is not there.")
            {
                Recoverable = false,
                RecommendedAction = "Bring back what the link leads to, or remove the link.",
            };
        }

        return !Path.GetFileName(path).Contains(NoCharacter, StringComparison.Ordinal)
            ? null
            : new(ExportErrorCode.RecordUnreadable, $"{path}: the file's name is not valid UTF-8, so the file cannot be opened.")
            {
                Recoverable = false,
                RecommendedAction = "Rename the file (convmv, mv with tab completion); a � in the name above stands for what cannot be read.",
            };
    }

    public static ExportFault Empty(string name) => new(ExportErrorCode.EmptyContent, $"{name}: the file is empty.");

    public static ExportFault Unreadable(string name, Exception exception)
    {
        var fault = new ExportFault(ExportErrorCode.RecordUnreadable, $"{name}: cannot be read: {exception.Message}");
        return RegularFile.WhatElse(name) is null or RegularFile.Folder
            ? fault
            : fault with { Recoverable = false, RecommendedAction = "Remove it from the records folder, or name only record files." };
    }

    /// <summary>
    /// Why a record cannot be exported under its name; null if it can. What has no session identifier cannot be logged, so that every run
    /// would send it again. (Required members do not help: PowerShell's conversion and reflection leave them out.)
    /// </summary>
    public static ExportFault? ForIdentity(LabRecord record) => !string.IsNullOrWhiteSpace(record.SessionIdentifier)
        ? null
        : new(ExportErrorCode.NotARecord, $"{record.Path ?? "A record without a file"}: it has no session identifier, under which it could be logged, and is not sent.")
        {
            RecommendedAction = "Export records as Get-Record reads them, or name the file, so that it is read.",
        };

    /// <summary>Why a document with this root element is no record; null if it is one.</summary>
    public static ExportFault? ForRoot(string name, string localName, string namespaceUri)
    {
        if (localName != RecordXmlReader.RootName)
        {
            return new(ExportErrorCode.NotARecord, $"{name}: the root element is '{localName}', not '{RecordXmlReader.RootName}'.");
        }

        return namespaceUri == RecordXmlReader.Namespace
            ? null
            : new(ExportErrorCode.WrongNamespace, $"{name}: the root element is in {Quoted(namespaceUri)}, not in the namespace '{RecordXmlReader.Namespace}'.");
    }

    /// <summary>What the XML parser refused.</summary>
    public static ExportFault ForXml(string name, XmlException exception)
    {
        // The parser tells a refused DTD only by its message, which the runtime does not translate.
        if (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return new(ExportErrorCode.NotARecord, $"{name}: the file has a document type declaration (DTD); DTDs are refused.");
        }

        return new(ExportErrorCode.NotWellFormed, $"{name}: {Place(exception.LineNumber, exception.LinePosition)}{WithoutPlace(exception)}");
    }

    /// <summary>"line 3, column 5: ", or nothing where the parser does not say.</summary>
    public static string Place(int line, int column) =>
        line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: ") : string.Empty;

    private static string WithoutPlace(XmlException exception)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $" Line {exception.LineNumber}, position {exception.LinePosition}.");
        return exception.Message.EndsWith(place, StringComparison.Ordinal) ? exception.Message[..^place.Length] : exception.Message;
    }

    private static string Quoted(string namespaceUri) => namespaceUri.Length == 0 ? "no namespace" : $"the namespace '{namespaceUri}'";

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone since it was listed.
            return null;
        }
    }
}
