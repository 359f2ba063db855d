using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>Apache with mod_dav, which asks for the Destination of a MOVE to have its own scheme and port.</summary>
public sealed class ApacheServer() : WebDavServerFixture(Module)
{
    public const string Module = "/usr/lib/apache2/modules/mod_dav_fs.so";

    private const string Account = "www-data";

    private static readonly string[] Modules =
        ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest", "dav", "dav_fs", "dir", "autoindex"];

    internal override async Task<ToolProcess> StartAsync()
    {
        Folder.Write("passwords", $"{Username}:{{SHA}}{Convert.ToBase64String(Sha1(Password))}\n");
        Folder.Write("digests", $"{Username}:dav:{Md5($"{Username}:dav:{Password}")}\n");
        var configuration = Folder.Write("httpd.conf", $"""
            ServerRoot "{Folder.Path}"
            ServerName localhost
            PidFile "{Folder.Path}/pid"
            Mutex pthread
            User {Account}
            Group {Account}
            Listen 127.0.0.1:{Port}
            ErrorLog /dev/stderr
            {string.Join('\n', Modules.Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}
            DavLockDB "{Folder["locks/db"]}"
            DocumentRoot "{Served}"
            <Directory "{Served}">
              Dav On
              Options Indexes
              AuthName dav
              AuthType Basic
              AuthUserFile "{Folder.Path}/passwords"
              Require valid-user
            </Directory>
            <Location /digest>
              AuthType Digest
              AuthUserFile "{Folder.Path}/digests"
            </Location>

            """);
        await OwnByAsync(Account);
        return await ToolProcess.StartAsync(RequiresProgramAttribute.Find("apache2")!, "resuming normal operations", "-f", configuration, "-DFOREGROUND");
    }

    [SuppressMessage("Security", "CA5350", Justification = "Apache's file of passwords knows this one without a program of its own.")]
    private static byte[] Sha1(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    [SuppressMessage("Security", "CA5351", Justification = "Digest authentication is made of it.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
