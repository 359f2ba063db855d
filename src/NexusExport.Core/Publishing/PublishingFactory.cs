using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Puts together what previews and exports, in this one place.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="registry">The destinations.</param>
/// <param name="time">The clock.</param>
/// <param name="logging">Where log entries go.</param>
internal sealed class PublishingFactory(ExportSettings settings, DestinationRegistry registry, TimeProvider time, ILoggerFactory logging)
{
    private readonly JournalQuestions _questions = new(Environment.UserName, settings.UploadedPath, registry);

    /// <summary>What answers where records are.</summary>
    /// <param name="journal">What knows it; null where there is no database yet.</param>
    public KnownExports CreateKnown(ICompletedExports? journal) => new(journal, _questions);

    /// <summary>What previews.</summary>
    /// <param name="journal">What is known to be at its destination.</param>
    public Previewer CreatePreviewer(ICompletedExports journal)
    {
        var documents = DocumentMaker.For(settings);
        return new(documents, CreateRoutes(documents, journal), registry);
    }

    /// <summary>What exports one batch. What it learns of destinations is kept for that long.</summary>
    /// <param name="journal">Where results are written.</param>
    public ExportBatch CreateBatch(IExportStore journal)
    {
        var documents = DocumentMaker.For(settings);
        return new(
            new RecordExporter(documents, CreateRoutes(documents, journal.Completed), CreateStage(journal)),
            new RecordFinisher(CreateMover(journal), logging.CreateLogger<RecordFinisher>()));
    }

    /// <summary>What plans a document's way, whatever it was made of.</summary>
    /// <param name="documents">What judges documents.</param>
    /// <param name="journal">What is known to be at its destination.</param>
    public RoutePlanner CreateRoutes(DocumentMaker documents, ICompletedExports journal) => new(documents, CreateKnown(journal), registry);

    /// <summary>What takes a document that way.</summary>
    /// <param name="journal">Where results are written.</param>
    public PublishStage CreateStage(IExportStore journal)
    {
        var outcomes = new OutcomeFactory(settings.CreateRedactor(), time);
        var logger = logging.CreateLogger<PublishStage>();
        var publisher = new DestinationPublisher(journal.Jobs, _questions, new FirstContact(journal.Jobs, logger), registry, outcomes, time, logger);
        return new(PublishGates.For(registry), publisher, outcomes, new ResultSettler(journal.Results, journal.Sessions is not null));
    }

    // A folder that nobody configured is NexusLIMS's own: files are moved there only where its database is seen to be the journal.
    private UploadedMover? CreateMover(IExportStore journal) =>
        settings is { RecordsPath: { } records, UploadedPath: { } uploaded } && (!settings.UploadedIsDefault || journal.Sessions is not null)
            ? new(records, uploaded)
            : null;
}
