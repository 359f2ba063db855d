using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Values;

/// <summary>Derives where records lie and where exported ones move to from NexusLIMS's variables.</summary>
internal static class NexusLimsFolders
{
    private const string RecordsVariable = "NX_RECORDS_PATH";
    private const string DataVariable = "NX_DATA_PATH";
    private const string DatabaseVariable = "NX_DB_PATH";

    /// <summary>
    /// Records: NX_RECORDS_PATH, else records.path, else NX_DATA_PATH/records (the last is a default, so it yields to the file).
    /// Uploaded: records.uploaded, else NexusLIMS's own place, {records}/uploaded, where a variable of NexusLIMS shows that the records
    /// or the database are NexusLIMS's; otherwise records stay where they are. True where uploaded was derived.
    /// </summary>
    public static (CoreValues Values, bool UploadedIsDefault) Derive(CoreValues values, VariableSet variables, UserPath paths)
    {
        if (values.Text(CoreSettings.RecordsPath) is null && variables.Find(DataVariable) is { } data)
        {
            values = values.With(CoreSettings.RecordsPath, Path.Combine(paths.Resolve(data.Text, data.Origin.Folder), "records"), data.Origin);
        }

        var origin = values.OriginOf(CoreSettings.RecordsPath);
        return values.Text(CoreSettings.RecordsPath) is { } records
            && values.Text(CoreSettings.RecordsUploaded) is null
            && (origin.Variable is RecordsVariable or DataVariable || variables.Find(DatabaseVariable) is not null)
            ? (values.With(CoreSettings.RecordsUploaded, Path.Combine(records, "uploaded"), Origin.Default(records)), true)
            : (values, false);
    }
}
