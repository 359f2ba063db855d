using FsCheck;
using FsCheck.Fluent;
using NexusExport.Configuration;

namespace NexusExport.Tests.Configuration;

/// <summary>Whatever the configuration looks like, right or wrong, nothing that loading tells holds a secret of it.</summary>
public sealed class SecretLeakTests
{
    private const string Letters = "abcdefghijkmnopqrstuvwxyzABCDEFGH0123456789+/=!%~";

    // Configurations with {0} where the secret stands; many of them are wrong in one way or another.
    private static readonly string[] Shapes =
    [
        "destinations: {{ cdcs: {{ url: 'https://x.org/', token: '{0}' }} }}",
        "destinations: {{ cdcs: {{ url: 'https://x.org/', tokn: '{0}' }} }}",
        "destinations: {{ cdcs: {{ url: 'https://x.org/', token: ['{0}'] }} }}",
        "destinations: {{ cdcs: {{ url: 'https://lab:{1}@x.org/', token: 'env:TOKEN' }} }}",
        "destinations: {{ cdcs: {{ url: '{0}', token: 'env:TOKEN' }} }}",
        "destinations: {{ cdcs: {{ url: 'https://x.org/', token: '{0}', priority: '{0}', enabled: '{0}', page_size: '{0}' }} }}",
        "destinations: {{ cdcs: '{0}' }}",
        "destinations: {{ local: {{ conflict: '{0}' }} }}",
        "export: {{ strategy: '{0}', throttle_limit: '{0}' }}",
        "export: '{0}'",
        "destinations:\n  cdcs:\n    token: '{0}\n",
        "destinations:\n  cdcs:\n    token: {{'{0}'\n",
        "destinations:\n  cdcs:\n   - token: '{0}'\n  x",
        "",
    ];

    [Fact]
    public void Load_SecretAnywhere_IsNeverTold() => Prop.ForAll(Cases(), IsSilent).QuickCheckThrowOnFailure();

    private static bool IsSilent((string Secret, string Shape, bool InEnvironment) sample)
    {
        using var bed = new ConfigurationBed();
        bed.WithYaml(string.Format(null, sample.Shape, sample.Secret, Uri.EscapeDataString(sample.Secret)));
        if (sample.InEnvironment)
        {
            bed.With("TOKEN", sample.Secret).With("NX_CDCS_TOKEN", sample.Secret).With("NX_CERT_BUNDLE", sample.Secret);
        }
        else
        {
            bed.WithDotEnv($"TOKEN='{sample.Secret}'\nNX_CDCS_TOKEN={sample.Secret}\n{sample.Secret}\nNX_DISABLE_SSL_VERIFY={sample.Secret}\n");
        }

        var told = string.Join('\n', Told(bed));
        return !told.Contains(sample.Secret, StringComparison.Ordinal) && !told.Contains(Uri.EscapeDataString(sample.Secret), StringComparison.Ordinal);
    }

    private static IEnumerable<object?> Told(ConfigurationBed bed)
    {
        ExportSettings settings;
        try
        {
            settings = bed.Load();
        }
        catch (ExportException ex)
        {
            return [ex.ToString()];
        }

        return
        [
            .. settings.Values,
            .. settings.Warnings,
            .. settings.Notices,
            .. settings.Destinations.SelectMany(destination => destination.Faults),
            .. settings.Destinations.Select(destination => destination.ToString()),
            .. settings.Destinations.SelectMany(destination => destination.Values.Values).OfType<SecretText>(),
        ];
    }

    private static Arbitrary<(string Secret, string Shape, bool InEnvironment)> Cases()
    {
        var secret = Gen.Elements(Letters.ToCharArray()).ArrayOf(12).Select(letters => "S" + new string(letters));
        return (from text in secret
                from shape in Gen.Elements(Shapes)
                from inEnvironment in Gen.Elements(true, false)
                select (text, shape, inEnvironment)).ToArbitrary();
    }
}
