using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Drive;

/// <summary>What a Google Drive destination can be told.</summary>
internal static class DriveDefinitions
{
    public static readonly SettingDefinition FolderId =
        new("folder_id", SettingKind.Text, "Id of the folder: the last part of its address in the browser. It may lie in a shared drive.") { Required = true };

    public static readonly SettingDefinition Credentials =
        new("credentials", SettingKind.Secret, "Google's JSON: a service account's key or authorized-user credentials; file:PATH reads a key file.")
        {
            Aliases = [new("oauth_credentials")],
        };

    public static readonly SettingDefinition ClientId =
        new("client_id", SettingKind.Text, "OAuth client's id, where there is no credentials JSON.");

    public static readonly SettingDefinition ClientSecret =
        new("client_secret", SettingKind.Secret, "OAuth client's secret, where there is no credentials JSON.");

    public static readonly SettingDefinition RefreshToken =
        new("refresh_token", SettingKind.Secret, "OAuth refresh token, where there is no credentials JSON.");

    public static readonly SettingDefinition Subject =
        new("subject", SettingKind.Text, "E-mail address of the user that a service account acts for (domain-wide delegation).");

    public static readonly SettingDefinition Scope =
        new("scope", SettingKind.Text, "OAuth scope that is asked for.") { Default = DriveDestinationSettings.FullScope };

    public static readonly SettingDefinition OnExisting = ExistingContent.UniqueOrUpdate(
        "Where the name is there with other content: unique makes another file; update adds a version to it.");

    public static readonly SettingDefinition ApiBase = new("api_base", SettingKind.Url, "Address of the API.") { Default = DriveDestinationSettings.GoogleApi };

    public static readonly SettingDefinition TokenUri =
        new("token_uri", SettingKind.Url, "Address that gives access tokens; without it the one in the credentials, else Google's.");

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [FolderId, Credentials, ClientId, ClientSecret, RefreshToken, Subject, Scope, OnExisting, ApiBase, TokenUri];
}
