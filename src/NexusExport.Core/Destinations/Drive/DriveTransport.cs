using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// Sends calls with an access token: asked for once, shared by all records, renewed before it ends, and once more where Google refuses
/// it all the same. A renewal that failed is not remembered.
/// </summary>
internal sealed class DriveTransport : IDisposable
{
    private const string ServiceAccountGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly string _destination;
    private readonly DriveDestinationSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpDestinationClient _client;
    private readonly Lazy<DriveCredentials> _credentials;
    private readonly SharedLookup<DriveToken> _token;
    private volatile DriveToken? _latest;

    public DriveTransport(DestinationSettings destination, DestinationServices services, DriveDestinationSettings settings)
    {
        _destination = destination.Name;
        _settings = settings;
        _time = services.Time;
        _credentials = new(() => DriveCredentials.Read(destination.Name, settings), LazyThreadSafetyMode.PublicationOnly);
        _token = new(AskAsync);
        _client = new(destination, services, settings.ApiBase, SecretRedactor.ForAnswers(), _ => { }, Refine);
    }

    public HttpFaults Faults => _client.Faults;

    /// <summary>Sends a call and returns its answer whatever its status.</summary>
    /// <param name="call">Makes the call, anew for each time that it is sent.</param>
    /// <param name="cancellationToken">Stops waiting, for the token too.</param>
    public async Task<HttpAnswer> SendAsync(Func<HttpCall> call, CancellationToken cancellationToken)
    {
        var token = await FreshTokenAsync(cancellationToken);
        var answer = await _client.SendAsync(WithToken(call(), token), cancellationToken);
        if (answer.Status != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        // Revoked, or the clocks disagree. 401 did nothing, so this is no second attempt.
        _token.Forget(token);
        return await _client.SendAsync(WithToken(call(), await FreshTokenAsync(cancellationToken)), cancellationToken);
    }

    /// <summary>The answer if it is a success; throws its fault if it is not.</summary>
    public HttpAnswer Require(HttpAnswer answer) => _client.Require(answer);

    public void Dispose() => _client.Dispose();

    private static HttpCall WithToken(HttpCall call, DriveToken token) => call with
    {
        Headers = new Dictionary<string, string>(call.Headers, StringComparer.Ordinal) { ["Authorization"] = $"Bearer {token.Value}" },
    };

    private async Task<DriveToken> FreshTokenAsync(CancellationToken cancellationToken)
    {
        var token = await _token.GetAsync(cancellationToken);
        if (token.IsFresh(_time.GetUtcNow()))
        {
            return token;
        }

        _token.Forget(token);
        return await _token.GetAsync(cancellationToken);
    }

    private async Task<DriveToken> AskAsync(CancellationToken cancellationToken)
    {
        var credentials = _credentials.Value;
        using var form = new FormUrlEncodedContent(Form(credentials));
        var call = new HttpCall(HttpMethod.Post, credentials.TokenUri) { Content = form, IsWrite = false };
        var answer = _client.Require(await _client.SendAsync(call, cancellationToken));
        try
        {
            return _latest = DriveToken.Read(answer.Json, _time.GetUtcNow());
        }
        catch (JsonException ex)
        {
            throw new ExportException(_client.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.')), ex);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Form(DriveCredentials credentials) => credentials.ServiceAccount is null
        ? [
            new("grant_type", "refresh_token"),
            new("client_id", credentials.ClientId),
            new("client_secret", credentials.ClientSecret),
            new("refresh_token", credentials.RefreshToken),
        ]
        : [new("grant_type", ServiceAccountGrant), new("assertion", Assertion(credentials))];

    private string Assertion(DriveCredentials credentials)
    {
        try
        {
            return ServiceAccountAssertion.Create(credentials, _settings.Scope, _settings.Subject, _time.GetUtcNow());
        }
        catch (Exception ex) when (ex is CryptographicException or ArgumentException)
        {
            // Not as the inner exception: nothing of a key goes into a message or a log.
            throw new ExportException(
                ExportErrorCode.ConfigurationInvalid,
                $"The private_key in the credentials of '{_destination}' is no RSA key in PEM form.");
        }
    }

    private ExportFault Refine(HttpAnswer answer, ExportFault fault)
    {
        var asksForToken = _credentials.IsValueCreated && answer.Call.Path == _credentials.Value.TokenUri;
        var refined = asksForToken ? DriveFaults.OfToken(answer, fault) : DriveFaults.OfApi(answer, fault);
        return refined with { Message = Redact(refined.Message) };
    }

    private string Redact(string message)
    {
        IEnumerable<string?> secrets = [_latest?.Value, .. _credentials.IsValueCreated ? _credentials.Value.Secrets : []];
        return SecretRedactor.ForAnswers([.. secrets.OfType<string>().Select(secret => new SecretText(secret))]).Redact(message);
    }
}
