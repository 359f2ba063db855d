using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration.Checks;

/// <summary>Refuses folders that would be one.</summary>
internal static class RecordFolders
{
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
    private static void TellShared(
        List<(string Folder, string Name)> others, DestinationDraft draft, DestinationSettings settings, ConfigurationFindings findings)
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
