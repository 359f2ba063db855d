using Amazon.Runtime;
using Amazon.S3;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.S3;

/// <summary>Gives the SDK the one HttpClient of a destination, in place of those that it would make and keep in a cache of the process.</summary>
internal sealed class S3ClientFactory(HttpClient client) : HttpClientFactory
{
    private const string Advice = "Check what access_key and secret_key of this destination refer to.";

    /// <summary>
    /// An SDK client that composes, signs and reads, and leaves the rest to us: it tries nothing twice, follows nothing, looks for
    /// credentials, regions and endpoints nowhere (neither the environment nor a machine's metadata service), and keeps no session.
    /// </summary>
    public static AmazonS3Client Create(string destination, S3DestinationSettings settings, HttpClient client) => new(
        new BasicAWSCredentials(HeaderSecret.Reveal(destination, settings.AccessKey!, Advice), HeaderSecret.Reveal(destination, settings.SecretKey!, Advice)),
        new AmazonS3Config
        {
            ServiceURL = settings.Endpoint,
            AuthenticationRegion = settings.Region,
            IgnoreConfiguredEndpointUrls = true,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            ForcePathStyle = settings.PathStyle,
            DisableS3ExpressSessionAuth = true,
            DisableMultiregionAccessPoints = false,
            UseArnRegion = false,
            AccountIdEndpointMode = AccountIdEndpointMode.DISABLED,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            RetryMode = RequestRetryMode.Standard,
            AllowAutoRedirect = false,

            // The one time-out is that of the calls beneath.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            UseDualstackEndpoint = false,
            UseFIPSEndpoint = false,
            DisableLogging = true,
            HttpClientFactory = new S3ClientFactory(client),
        });

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
