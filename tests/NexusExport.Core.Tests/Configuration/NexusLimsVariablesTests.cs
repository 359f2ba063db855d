
namespace NexusExport.Tests.Configuration;

public sealed class NexusLimsVariablesTests : IDisposable
{
    private const string Url = "https://cdcs.example.org/";
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_ExistingDotEnvAlone_ConfiguresEverything()
    {
        var settings = _bed.WithDotEnv(
            """
            # NexusLIMS
            NX_EXPORT_STRATEGY=all
            NX_CDCS_URL=https://cdcs.example.org/
            export NX_CDCS_TOKEN='s3cr3t # token'
            NX_DB_PATH="data/nexuslims.db"
            NX_DATA_PATH=data
            NX_LOG_PATH=logs
            NX_NEMO_ADDRESS_1=https://nemo.example.org/api/
            """).Load();

        var cdcs = Assert.Single(settings.Destinations);
        Assert.Equal(("cdcs", "cdcs", 100, true, ".env"), (cdcs.Name, cdcs.Type, cdcs.Priority, cdcs.Enabled, cdcs.Source));
        Assert.Equal(Url, cdcs.Text("url"));
        Assert.Equal("s3cr3t # token", cdcs.Secret("token")!.Reveal());
        Assert.Equal(ExportStrategy.All, settings.Strategy);
        Assert.Equal(_bed.InWork("data/nexuslims.db"), settings.DatabasePath);
        Assert.Equal(_bed.InWork("data/records"), settings.RecordsPath);
        Assert.Equal(_bed.InWork("data/records/uploaded"), settings.UploadedPath);
        Assert.True(settings.UploadedIsDefault);
        Assert.Empty(settings.Warnings);
        Assert.StartsWith(".env NX_LOG_PATH is not used: ", Assert.Single(settings.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DestinationFromVariablesWithoutDatabase_SaysWhereTheLogIs()
    {
        var settings = _bed.With("NX_CDCS_URL", Url).With("NX_CDCS_TOKEN", "t0ken").Load();

        Assert.Equal("environment", Assert.Single(settings.Destinations).Source);
        Assert.Equal($"database.path is not set: the log is kept in {_bed.InWork("nexus-export.db")}.", Assert.Single(settings.Notices));
    }

    [Fact]
    public void Load_VariablesAndADestinationNamedLikeTheType_AreMerged()
    {
        var settings = _bed.WithYaml("destinations:\n  other: { type: cdcs, enabled: false }\n  cdcs: { enabled: false, url: https://file.example.org/, template: Nexus }\n")
            .With("NX_CDCS_URL", Url).With("NX_CDCS_TOKEN", "t0ken").Load();

        Assert.Equal(2, settings.Destinations.Count);
        var cdcs = settings.Destinations[1];
        Assert.Equal((false, Url, "Nexus"), (cdcs.Enabled, cdcs.Text("url"), cdcs.Text("template")));
        Assert.Null(settings.Destinations[0].Text("url"));
    }

    [Fact]
    public void Load_VariablesAndOneDestinationOfTheType_AreMerged()
    {
        var settings = _bed.WithYaml("destinations:\n  lab: { type: cdcs }\n").With("NX_CDCS_URL", Url).With("NX_CDCS_TOKEN", "t0ken").Load();

        var lab = Assert.Single(settings.Destinations);
        Assert.Equal(("lab", Url), (lab.Name, lab.Text("url")));
        Assert.Empty(lab.Faults);
    }

    [Fact]
    public void Load_VariablesAndSeveralDestinationsOfTheType_AreToldToFitNone()
    {
        var settings = _bed.WithYaml("destinations:\n  a: { type: cdcs, enabled: false }\n  b: { type: cdcs, enabled: false }\n").With("NX_CDCS_URL", Url).Load();

        Assert.All(settings.Destinations, destination => Assert.Null(destination.Text("url")));
        Assert.StartsWith("NX_CDCS_URL is set but not used: ", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VariablesAndADestinationOfTheNameButAnotherType_AreToldToFitNone()
    {
        var settings = _bed.WithYaml("destinations:\n  cdcs: { type: local }\n").With("NX_CDCS_URL", Url).With("NX_CDCS_TOKEN", "t0ken").Load();

        Assert.Equal("local", Assert.Single(settings.Destinations).Type);
        Assert.Contains("is of another type", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HalfOfTheRequiredVariables_MakesNoDestinationAndSaysSo()
    {
        var settings = _bed.With("NX_CDCS_URL", Url).Load();

        Assert.Equal("local", Assert.Single(settings.Destinations).Name);
        Assert.Equal("NX_CDCS_URL is set, but NX_CDCS_TOKEN is not: there is no cdcs destination.", Assert.Single(settings.Warnings));
    }

    [Fact]
    public void Load_OptionsAlone_AskForNoDestination() =>
        Assert.Empty(_bed.With("NX_CDCS_USER_OWNED_RECORDS", "false").Load().Warnings);

    [Fact]
    public void Load_VariablesOfTypesThatAreNotThere_AreAWarningForEachGroup()
    {
        var settings = _bed
            .With("NX_ELABFTW_URL", Url).With("NX_ELABFTW_API_KEY", "1-abcdef")
            .WithDotEnv("NX_LABARCHIVES_USER_ID=7\n")
            .Load();

        Assert.Equal(
            [
                "NX_ELABFTW_API_KEY is set, but this version has no elabftw destination: nothing is sent there.",
                "NX_LABARCHIVES_USER_ID is set, but this version has no labarchives destination: nothing is sent there.",
            ],
            settings.Warnings);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("t", true)]
    [InlineData("y", true)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("F", false)]
    public void Load_DisableSslVerify_IsReadAsPydanticDoesAndWarned(string text, bool expected)
    {
        var settings = _bed.With("NX_DISABLE_SSL_VERIFY", text).Load();

        Assert.Equal(expected, settings.Tls.DisableVerification);
        Assert.Equal(expected ? 1 : 0, settings.Warnings.Count(warning => warning.Contains("NX_DISABLE_SSL_VERIFY", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_CertBundleOverSeveralLines_IsReadWhole()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n";

        var settings = _bed.WithDotEnv($"NX_CERT_BUNDLE=\"{Pem}\"\nNX_EXPORT_STRATEGY=all\n").Load();

        Assert.Equal(Pem, settings.Tls.CertBundle);
        Assert.Equal(ExportStrategy.All, settings.Strategy);
        Assert.Equal(new ExportSetting("tls.cert_bundle", "PEM text", ".env NX_CERT_BUNDLE"), settings.Values.Single(value => value.Name is "tls.cert_bundle"));
    }

    [Theory]
    [InlineData("NX_RECORDS_PATH", "r", null, "r", "r/uploaded")]
    [InlineData("NX_DATA_PATH", "d", null, "d/records", "d/records/uploaded")]
    [InlineData("NX_DATA_PATH", "d", "records: { path: y }", "y", null)]
    [InlineData("NX_DB_PATH", "x.db", "records: { path: y }", "y", "y/uploaded")]
    [InlineData("NX_DB_PATH", "x.db", "records: { path: y, uploaded: z }", "y", "z")]
    [InlineData("NX_DB_PATH", "x.db", null, null, null)]
    [InlineData("NX_LOG_PATH", "l", "records: { path: y }\ndatabase: { path: x.db }", "y", null)]
    public void Load_RecordFolders_FollowNexusLims(string variable, string value, string? yaml, string? records, string? uploaded)
    {
        var settings = _bed.WithYaml(yaml ?? "").With(variable, value).Load();

        Assert.Equal(records is null ? null : _bed.InWork(records), settings.RecordsPath);
        Assert.Equal(uploaded is null ? null : _bed.InWork(uploaded), settings.UploadedPath);
    }

    [Fact]
    public void Load_BadLinesOfDotEnv_AreWarnedWithoutTheirText()
    {
        var settings = _bed.WithDotEnv("NX_EXPORT_STRATEGY=all\nthis is s3cr3t\nNX_CDCS_TOKEN='s3cr3t\n").Load();

        Assert.Equal(ExportStrategy.All, settings.Strategy);
        Assert.Equal(
            [
                $"{_bed.InWork(".env")}:2: this line is not NAME=value and is ignored",
                $"{_bed.InWork(".env")}:3: this line is not NAME=value and is ignored",
            ],
            settings.Warnings);
    }
}
