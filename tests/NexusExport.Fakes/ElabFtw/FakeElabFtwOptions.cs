namespace NexusExport.Fakes.ElabFtw;

/// <summary>How a fake eLabFTW is set up.</summary>
public sealed record FakeElabFtwOptions : FakeServerOptions
{
    /// <summary>The API key; it begins with its own number.</summary>
    public string Key { get; init; } = "12-0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e";

    /// <summary>Whose <see cref="Key"/> is.</summary>
    public FakeElabFtwAccount Account { get; init; } = new(3, "Nemo", "Bot");

    /// <summary>Other accounts, by their keys.</summary>
    public IReadOnlyDictionary<string, FakeElabFtwAccount> OtherAccounts { get; init; } = new Dictionary<string, FakeElabFtwAccount>(StringComparer.Ordinal);

    /// <summary>The key may only read.</summary>
    public bool ReadOnlyKey { get; init; }

    /// <summary>Keys are not listed, as in older versions.</summary>
    public bool KeysUnlisted { get; init; }

    /// <summary>The files of an account are not listed, as in other versions.</summary>
    public bool AccountUploadsUnlisted { get; init; }

    public string TeamName { get; init; } = "Microscopy";

    /// <summary>The team demands a template for experiments and resources.</summary>
    public bool TemplateDemanded { get; init; }

    /// <summary>Only admins make experiments and resources.</summary>
    public bool EntriesForbidden { get; init; }

    /// <summary>Nobody changes the date of an entry.</summary>
    public bool DatesRefused { get; init; }

    /// <summary>Only admins make new tags; <see cref="TeamTags"/> are there.</summary>
    public bool NewTagsForbidden { get; init; }

    /// <summary>Tags that the team has.</summary>
    public IReadOnlyList<string> TeamTags { get; init; } = [];

    /// <summary>Categories of experiments, in the order of their numbers.</summary>
    public IReadOnlyDictionary<int, string> Categories { get; init; } = new Dictionary<int, string> { [4] = "Microscopy", [5] = "42" };

    /// <summary>Categories of resources.</summary>
    public IReadOnlyDictionary<int, string> ItemCategories { get; init; } = new Dictionary<int, string> { [4] = "Microscopy", [5] = "42" };

    /// <summary>Statuses of experiments.</summary>
    public IReadOnlyDictionary<int, string> Statuses { get; init; } = new Dictionary<int, string> { [6] = "Running", [7] = "Success" };

    /// <summary>Statuses of resources.</summary>
    public IReadOnlyDictionary<int, string> ItemStatuses { get; init; } = new Dictionary<int, string> { [6] = "Running", [7] = "Success" };

    /// <summary>Text of the template with the number 1; null where there is none.</summary>
    public string? Template { get; init; }

    /// <summary>What the server says to a user, by what it says in English: it speaks the user's language.</summary>
    public IReadOnlyDictionary<string, string> Translations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Users cannot create tags."] = "Les utilisateurs ne peuvent pas créer de mots-clés.",
    };

    /// <summary>Number of the entry before the first.</summary>
    public int LastEntry { get; init; } = 100;

    /// <summary>Number of the file before the first.</summary>
    public int LastUpload { get; init; } = 500;

    /// <summary>PHP's upload_max_filesize: of a larger file nothing but the name arrives.</summary>
    public int MaxUploadBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>PHP's post_max_size: a larger form arrives empty.</summary>
    public int MaxFormBytes { get; init; } = 110 * 1024 * 1024;

    /// <summary>The limit of the proxy in front: what is larger is answered by it, with a page.</summary>
    public int MaxProxyBytes { get; init; } = int.MaxValue;

    /// <summary>Files are not hashed, as very large ones are not.</summary>
    public bool WithoutHashes { get; init; }

    /// <summary>How many of the next files lose their last byte on the way.</summary>
    public int CutUploads { get; init; }

    /// <summary>Lists begin at their beginning whatever offset is asked for, so that their pages never end.</summary>
    public bool IgnoresOffset { get; init; }

    /// <summary>What the server believes its own address to be.</summary>
    public string SiteUrl { get; init; } = "https://elab.internal.invalid";

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
