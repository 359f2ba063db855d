namespace NexusExport.Configuration;

/// <summary>Derives where records lie and where exported ones move to from NexusLIMS's variables, and refuses folders that would be one.</summary>
internal static class RecordFolders
{
    private const string RecordsVariable = "NX_RECORDS_PATH";
    private const string DataVariable = "NX_DATA_PATH";
    private const string DatabaseVariable = "NX_DB_PATH";

    /// <summary>
    /// Records: NX_RECORDS_PATH, else records.path, else NX_DATA_PATH/records (the last is a default, so it yields to the file).
    /// Uploaded: records.uploaded, else NexusLIMS's own place, {records}/uploaded, where a variable of NexusLIMS shows that the records
    /// or the database are NexusLIMS's; otherwise records stay where they are. True where uploaded was derived.
    /// </summary>
    public static bool Derive(CoreValues values, VariableSet variables, UserPath paths)
    {
        if (values.Text(CoreSettings.RecordsPath) is null && variables.Find(DataVariable) is { } data)
        {
            values.Derive(CoreSettings.RecordsPath, Path.Combine(paths.Resolve(data.Text, data.Origin.Folder), "records"), data.Origin);
        }

        var origin = values.OriginOf(CoreSettings.RecordsPath);
        if (values.Text(CoreSettings.RecordsPath) is not { } records
            || values.Text(CoreSettings.RecordsUploaded) is not null
            || (origin.Variable is not (RecordsVariable or DataVariable) && variables.Find(DatabaseVariable) is null))
        {
            return false;
        }

        values.Derive(CoreSettings.RecordsUploaded, Path.Combine(records, "uploaded"), Origin.Default(records));
        return true;
    }

    /// <summary>
    /// Finds folders that are one and the same, however they are written: records that would be moved onto themselves, and archives whose
    /// copy of a record would be the record. The latter is the destination's own fault where it is registered.
    /// </summary>
    public static List<DestinationSettings> Check(
        CoreValues values, IEnumerable<(DestinationDraft Draft, DestinationSettings Settings)> destinations, ConfigurationFindings findings)
    {
        if (values.Text(CoreSettings.RecordsPath) is { } records
            && values.Text(CoreSettings.RecordsUploaded) is { } uploaded
            && SameFolder.Is(records, uploaded))
        {
            findings.Error(
                values.OriginOf(CoreSettings.RecordsUploaded),
                $"{CoreSettings.RecordsUploaded} is the same folder as {CoreSettings.RecordsPath} ({records}); give it one of its own");
        }

        var archives = new List<(string Folder, string Name)>();
        return
        [
            .. destinations.Select(destination =>
            {
                TellShared(archives, destination.Draft, destination.Settings, findings);
                return Check(values, destination.Draft, destination.Settings, findings);
            }),
        ];
    }

    // Nothing is lost there, but two results stand for one copy, and to take back the one takes back the other.
    private static void TellShared(List<(string Folder, string Name)> others, DestinationDraft draft, DestinationSettings settings, ConfigurationFindings findings)
    {
        foreach (var (setting, folder) in Archives(draft, settings))
        {
            if (others.Find(other => SameFolder.Is(other.Folder, folder)) is { Name: { } name })
            {
                findings.Warn(OriginOf(draft, setting), $"{setting} of '{draft.Name}' is that of '{name}', too: one copy stands for both");
            }

            others.Add((folder, draft.Name));
        }
    }

    private static IEnumerable<(string Setting, string Folder)> Archives(DestinationDraft draft, DestinationSettings settings) => draft.Type.Settings
        .Where(setting => setting.KeepsRecords && settings.Text(setting.Name) is { Length: > 0 })
        .Select(setting => (setting.Name, settings.Text(setting.Name)!));

    private static Origin OriginOf(DestinationDraft draft, string setting) => draft.Texts.GetValueOrDefault(setting)?.Origin ?? draft.Origin;

    private static DestinationSettings Check(CoreValues values, DestinationDraft draft, DestinationSettings settings, ConfigurationFindings findings)
    {
        foreach (var (setting, archive) in Archives(draft, settings))
        {
            var same = new[] { CoreSettings.RecordsPath, CoreSettings.RecordsUploaded }
                .FirstOrDefault(name => values.Text(name) is { } folder && SameFolder.Is(folder, archive));
            if (same is null)
            {
                continue;
            }

            var problem = $"{setting} of '{draft.Name}' is the same folder as {same} ({archive}): a record would be its own copy";
            if (!settings.IsRegistered)
            {
                findings.Error(OriginOf(draft, setting), problem);
            }
            else
            {
                var fault = new ExportFault(ExportErrorCode.ConfigurationInvalid, $"{OriginOf(draft, setting).Position}: {problem}");
                return settings with { Faults = [.. settings.Faults, fault] };
            }
        }

        return settings;
    }
}
