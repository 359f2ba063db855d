namespace NexusExport.Documents;

/// <summary>What the pipeline says about a document besides what its destinations are told.</summary>
internal static class DocumentFacts
{
    extension(ExportDocument document)
    {
        /// <summary>What messages call the document: its record's path where it has one.</summary>
        public string DisplayName => document.Record?.Path ?? document.FileName;

        /// <summary>How much content it has.</summary>
        public ContentStatistics Statistics => new(document.Content.Bytes.Length, document.Content.CharCount);
    }
}
