using NexusExport.Configuration;

namespace NexusExport.Documents;

/// <summary>Stages 1 to 3, for previews and exports alike: Assembly → Transformation, and Validation of what comes out.</summary>
internal sealed class DocumentMaker(AssemblyStage assembly, ValidationStage validation)
{
    /// <summary>As <paramref name="settings"/> describe it.</summary>
    public static DocumentMaker For(ExportSettings settings) => new(
        new AssemblyStage(settings.MaxContentLength),
        new ValidationStage(settings.MaxContentLength, settings.SchemaPath is null ? null : new RecordSchema(settings.SchemaPath)));

    /// <summary>Reads a record and makes its document. Throws RECORD_NOT_FOUND, RECORD_UNREADABLE, CONTENT_TOO_LARGE or EMPTY_CONTENT.</summary>
    public async Task<ExportDocument> MakeAsync(LabRecord record, CancellationToken cancellationToken) =>
        TransformationStage.Execute(await assembly.ExecuteAsync(record, cancellationToken));

    /// <summary>What speaks against publishing it. A step of its own, because what is everywhere already is not judged again.</summary>
    public ValidationResult Validate(ExportDocument document) => validation.Execute(document);
}
