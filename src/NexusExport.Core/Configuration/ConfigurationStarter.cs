using System.Text;
using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration;

/// <summary>
/// Writes the commented nexus-export.yaml to start from. Its text is made from the tables that the loader reads by, so the two agree.
/// The local archive is on; every other destination is commented out, so that NexusLIMS's variables can still configure it.
/// </summary>
public static class ConfigurationStarter
{
    /// <summary>The text of the file, lines ended by \n.</summary>
    public static string Text(IReadOnlyCollection<DestinationType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        List<string> lines =
        [
            "# NexusExport's configuration. Lines that begin with # are comments; remove the \"# \" before a setting to set it.",
            "# Order of values: parameter, environment variable, .env, this file, default.",
            "# Relative paths start from this file's folder; ~/ is the home folder.",
        ];
        foreach (var section in CoreSettings.All.GroupBy(setting => setting.Name.Split('.')[0], StringComparer.Ordinal))
        {
            lines.AddRange(["", $"{section.Key}:"]);
            AddSection(lines, section);
        }

        lines.AddRange(
        [
            "",
            "# Where records go. Every destination also knows priority (0 to 1000, higher runs first), enabled, depends_on, timeout_ms,",
            "# rate_limit and write_rate_limit (requests, window_seconds; or none).",
            $"{CoreSettings.Destinations}:",
        ]);
        foreach (var type in types.OrderByDescending(StandardArchive.IsOf).ThenBy(type => type.Name, StringComparer.Ordinal))
        {
            var block = Destination(type);
            lines.AddRange(StandardArchive.IsOf(type) ? block : block.Select(line => line.Length == 0 ? line : "  # " + line[2..]));
        }

        return string.Join('\n', lines).TrimEnd() + "\n";
    }

    /// <summary>
    /// Writes the file, whole or not at all, for its owner alone to read, since secrets are written into it; missing folders are made. Throws
    /// CONFIGURATION_EXISTS if there is one and
    /// <paramref name="force"/> is false, STORAGE_FAILED if it cannot be written.
    /// </summary>
    public static async Task WriteAsync(string path, IReadOnlyCollection<DestinationType> types, bool force, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        if (!force && File.Exists(full))
        {
            throw Exists(full);
        }

        var temporary = $"{full}.{Guid.NewGuid():n}.tmp";
        try
        {
            NewFile.MakeFolder(Path.GetDirectoryName(full)!);
            await WriteFlushedAsync(temporary, Text(types), cancellationToken);
            File.Move(temporary, full, overwrite: force);
        }
        catch (IOException) when (!force && File.Exists(full) && File.Exists(temporary))
        {
            // Another process was quicker.
            throw Exists(full);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(ExportErrorCode.StorageFailed, $"The configuration file {full} cannot be written: {ex.Message}", ex);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static ExportException Exists(string path) =>
        new(ExportErrorCode.ConfigurationExists, $"The configuration file {path} exists already.");

    private static async Task WriteFlushedAsync(string path, string text, CancellationToken cancellationToken)
    {
        await using var stream = NewFile.Create(path, FileOptions.Asynchronous, isPrivate: true);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        Disk.Flush(stream);
    }

    // Settings of one section; those with two dots stand in a group of their own.
    private static void AddSection(List<string> lines, IEnumerable<CoreSetting> settings)
    {
        string? group = null;
        foreach (var setting in settings)
        {
            var parts = setting.Name.Split('.');
            if (parts.Length > 2 && !string.Equals(group, parts[1], StringComparison.Ordinal))
            {
                group = parts[1];
                lines.Add($"  {group}:");
            }

            AddSetting(lines, setting.Definition, parts[^1], new string(' ', 2 * (parts.Length - 1)), StarterExample.For(setting));
        }
    }

    private static List<string> Destination(DestinationType type)
    {
        List<string> lines = [$"  {type.Name}:", $"    type: {type.Name}", $"    priority: {type.DefaultPriority}"];
        foreach (var setting in type.Settings)
        {
            AddSetting(lines, setting, setting.Name, "    ", StarterExample.For(setting, type.Name));
        }

        foreach (var other in type.Settings.Where(setting => setting.NamesDestination).Select(setting => setting.Default).OfType<string>())
        {
            lines.Add($"    # A link to '{other}' is made with the record or never: with this, a record waits until '{other}' has it.");
            lines.Add($"    # depends_on: [{other}]");
        }

        lines.Add(string.Empty);
        return lines;
    }

    // A setting is live where it must be, or where it does no more than spell out its default. To name a destination is more: it must be there then.
    private static bool IsLive(SettingDefinition setting) => setting.Required || (setting.Default is not null && !setting.NamesDestination);

    private static void AddSetting(List<string> lines, SettingDefinition setting, string key, string indent, string example)
    {
        List<string> notes = [];
        if (setting.Required)
        {
            notes.Add("required");
        }

        if (setting.Allowed.Count > 0)
        {
            notes.Add(string.Join(" / ", setting.Allowed));
        }

        if (setting.Variable is not null)
        {
            notes.Add($"variable {setting.Variable}");
        }

        var note = notes.Count > 0 ? $" ({string.Join("; ", notes)})" : string.Empty;
        lines.Add($"{indent}# {setting.Description}{note}");
        lines.Add($"{indent}{(IsLive(setting) ? string.Empty : "# ")}{key}: {example}");
    }
}
