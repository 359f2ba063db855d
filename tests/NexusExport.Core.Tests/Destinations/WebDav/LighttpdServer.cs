namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>lighttpd, which lets a MOVE replace a whole folder by a file.</summary>
public sealed class LighttpdServer() : WebDavServerFixture(Module)
{
    public const string Module = "/usr/lib/lighttpd/mod_webdav.so";

    internal override Task<ToolProcess> StartAsync()
    {
        var passwords = Folder.Write("passwords", $"{Username}:{Password}\n");
        var configuration = Folder.Write("lighttpd.conf", $"""
            server.modules = ("mod_auth", "mod_authn_file", "mod_webdav")
            server.bind = "127.0.0.1"
            server.port = {Port}
            server.document-root = "{Served}"
            server.upload-dirs = ("{Folder["uploads/."]}")
            webdav.activate = "enable"
            webdav.sqlite-db-name = "{Folder.Path}/webdav.db"
            auth.backend = "plain"
            auth.backend.plain.userfile = "{passwords}"
            auth.require = ("/" => ("method" => "basic", "realm" => "dav", "require" => "valid-user"))

            """);
        return ToolProcess.StartAsync(RequiresProgramAttribute.Find("lighttpd")!, "server started", "-D", "-f", configuration);
    }
}
