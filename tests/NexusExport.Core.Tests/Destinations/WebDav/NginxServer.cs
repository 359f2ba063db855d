using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>nginx with Debian's dav-ext module: it knows no If-None-Match, and overwrites.</summary>
public sealed class NginxServer() : WebDavServerFixture(Module)
{
    public const string Module = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so";

    private const string Account = "www-data";

    internal override async Task<ToolProcess> StartAsync()
    {
        Folder.Write("passwords", $"{Username}:{{SHA}}{Convert.ToBase64String(Sha1(Password))}\n");
        var configuration = Folder.Write("nginx.conf", $$"""
            load_module {{Module}};
            daemon off;
            pid {{Folder.Path}}/pid;
            error_log stderr notice;
            user {{Account}};
            events {}
            http {
              access_log off;
              client_max_body_size 0;
              client_body_temp_path {{Folder.Path}}/body;
              proxy_temp_path {{Folder.Path}}/proxy;
              fastcgi_temp_path {{Folder.Path}}/fastcgi;
              uwsgi_temp_path {{Folder.Path}}/uwsgi;
              scgi_temp_path {{Folder.Path}}/scgi;
              server {
                listen 127.0.0.1:{{Port}};
                root {{Served}};
                location / {
                  dav_methods PUT DELETE MKCOL COPY MOVE;
                  dav_ext_methods PROPFIND OPTIONS;
                  auth_basic dav;
                  auth_basic_user_file {{Folder.Path}}/passwords;
                }
              }
            }

            """);
        await OwnByAsync(Account);
        return await ToolProcess.StartAsync(RequiresProgramAttribute.Find("nginx")!, "start worker process", "-p", Folder.Path, "-c", configuration);
    }

    [SuppressMessage("Security", "CA5350", Justification = "nginx's file of passwords knows this one without a program of its own.")]
    private static byte[] Sha1(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
}
