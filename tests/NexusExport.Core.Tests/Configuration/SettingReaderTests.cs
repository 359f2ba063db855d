using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace NexusExport.Tests.Configuration;

public sealed class SettingReaderTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_AnyNumber_IsReadOrRefusedByItsRange() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), number =>
        {
            using var bed = new ConfigurationBed();
            bed.WithYaml(string.Create(CultureInfo.InvariantCulture, $"export: {{ throttle_limit: {number} }}"));

            return number is >= 1 and <= 256 ? bed.Load().ThrottleLimit == number : bed.Errors().Length == 1;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("https://x.org", true)]
    [InlineData("http://127.0.0.1:8000/cdcs/", true)]
    [InlineData("x.org", false)]
    [InlineData("/cdcs", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://", false)]
    public void Load_Url_IsOneOfHttp(string url, bool isValid)
    {
        _bed.WithYaml($"destinations: {{ cdcs: {{ enabled: false, url: '{url}' }} }}");

        if (isValid)
        {
            Assert.Equal(url, _bed.Load().Destinations[0].Text("url"));
        }
        else
        {
            Assert.Single(_bed.Errors());
        }
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    public void Load_InAnotherCulture_ReadsTheSame(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(12, _bed.WithYaml("export: { throttle_limit: 12 }").Load().ThrottleLimit);
            Assert.EndsWith(":1:27: export.throttle_limit must be a whole number from 1 to 256", Assert.Single(_bed.WithYaml("export: { throttle_limit: -1 }").Errors()), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
