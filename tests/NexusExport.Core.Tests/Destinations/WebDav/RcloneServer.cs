using System.Globalization;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>rclone, whose WebDAV is that of Go's own library.</summary>
public sealed class RcloneServer() : WebDavServerFixture(Program)
{
    public const string Program = "rclone";

    internal override Task<ToolProcess> StartAsync() => ToolProcess.StartAsync(
        RequiresProgramAttribute.Find(Program)!,
        "WebDav Server started",
        ["serve", "webdav", Served, "--addr", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "--user", Username, "--pass", Password, "--dir-cache-time", "0s"]);
}
