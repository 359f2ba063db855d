using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Fakes.LabArchives;

/// <summary>Checks signatures as LabArchives does: HMAC-SHA-512 over key id, bare method and time, the time within two minutes of its own.</summary>
internal sealed class FakeLabArchivesGate(FakeLabArchivesOptions options)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>The refusal of a request; null where it may pass.</summary>
    public FakeAnswer? Refuse(FakeRequest request, string method, DateTimeOffset now)
    {
        if (request.Query["akid"] != options.AccessKeyId)
        {
            return FakeLabArchivesForm.Error(options, 4506, "The supplied Access Key ID is not valid");
        }

        var expires = request.Query["expires"].ToString();
        if (request.Query["sig"] != Sign(method, expires) || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return FakeLabArchivesForm.Error(options, 4520, "The supplied signature parameter was invalid");
        }

        if ((DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) - now).Duration() > Tolerance)
        {
            return FakeLabArchivesForm.Error(options, options.OutOfDateCode, "The supplied expires parameter was out of date");
        }

        return request.Query["uid"] == options.UserId ? null : FakeLabArchivesForm.Error(options, 4514, "Invalid login or password");
    }

    private string Sign(string method, string expires) => Convert.ToBase64String(HMACSHA512.HashData(
        Encoding.UTF8.GetBytes(options.AccessPassword), Encoding.UTF8.GetBytes($"{options.AccessKeyId}{method}{expires}")));
}
