using System.Globalization;
using System.Reflection;

namespace NexusExport.Store.Sqlite;

/// <summary>One numbered step of our schema: NNNN_name.up.sql and NNNN_name.down.sql beside this file, embedded.</summary>
/// <param name="Version">The schema's version after the step.</param>
/// <param name="Name">Its name, for example export_jobs.</param>
/// <param name="Up">SQL that takes the step.</param>
/// <param name="Down">SQL that takes it back.</param>
internal sealed record Migration(int Version, string Name, string Up, string Down)
{
    private const string Prefix = "NexusExport.Store.Sqlite.Migrations.";
    private const string UpSuffix = ".up.sql";

    private static readonly Assembly Source = typeof(Migration).Assembly;

    /// <summary>Every step, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>The text of an embedded .sql file.</summary>
    public static string ReadScript(string fileName)
    {
        using var stream = Source.GetManifestResourceStream(Prefix + fileName)
            ?? throw new InvalidOperationException($"The script {fileName} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Migration[] Load() =>
    [
        .. Source.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.EndsWith(UpSuffix, StringComparison.Ordinal))
            .Select(resource => Parse(resource[Prefix.Length..^UpSuffix.Length]))
            .OrderBy(migration => migration.Version),
    ];

    private static Migration Parse(string stem) => new(
        int.Parse(stem.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
        stem[5..],
        ReadScript(stem + UpSuffix),
        ReadScript(stem + ".down.sql"));
}
