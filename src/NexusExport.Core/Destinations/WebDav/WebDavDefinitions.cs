using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>What a WebDAV destination can be told.</summary>
internal static class WebDavDefinitions
{
    public static readonly SettingDefinition Url =
        new("url", SettingKind.Url, "Address of the collection (folder) that records go to; it is made with the first record.") { Required = true };

    public static readonly SettingDefinition Username = new("username", SettingKind.Text, "User name; goes with password.");

    public static readonly SettingDefinition Password = new("password", SettingKind.Secret, "Password; for Nextcloud an app password.");

    public static readonly SettingDefinition Token = new("token", SettingKind.Secret, "Bearer token, in place of user name and password.");

    public static readonly SettingDefinition OnExisting = ExistingContent.UniqueOrOverwrite;

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Url, Username, Password, Token, OnExisting];
}
