using NexusExport.Destinations;
using NexusExport.Destinations.Sql;

namespace NexusExport.Tests.Destinations.Sql;

public sealed class SqlDestinationSettingsTests
{
    [Theory]
    [InlineData("table", "records; DROP TABLE x")]
    [InlineData("table", "a.b.c")]
    [InlineData("table", "")]
    [InlineData("table", "a.")]
    [InlineData("column_content", "con`tent")]
    [InlineData("column_content", "con\"tent")]
    [InlineData("column_content", "")]
    [InlineData("column_id", "a.b")]
    [InlineData("column_metadata", "filename")]
    [InlineData("column_updated_at", "größe")]
    [InlineData("port", 0L)]
    [InlineData("host", " ")]
    public async Task ValidateConfiguration_BadValue_NamesTheSetting(string setting, object value)
    {
        await using var destination = Create("postgresql", new(), (setting, value));

        var fault = Assert.Single(destination.ValidateConfiguration());

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql", 64, true)]
    [InlineData("mysql", 65, false)]
    [InlineData("postgresql", 63, true)]
    [InlineData("postgresql", 64, false)]
    public async Task ValidateConfiguration_LongName_FollowsTheServersLimit(string type, int length, bool good)
    {
        await using var destination = Create(type, new(), ("column_content", new string('a', length)));

        Assert.Equal(good, destination.ValidateConfiguration().Count == 0);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("PEM", null)]
    [InlineData(null, "/etc/lab-ca.pem")]
    public async Task ValidateConfiguration_VerifyForMySql_NeedsNothingFurther(string? bundle, string? file)
    {
        var services = new DestinationServices { Tls = new TlsSettings { CertBundle = bundle, CertBundleFile = file } };
        await using var destination = Create("mysql", services, ("tls", "verify"));

        Assert.Empty(destination.ValidateConfiguration());
    }

    [Fact]
    public void RowId_OfOneRecord_IsAlwaysTheSame()
    {
        var id = SqlRowId.Of("204", "a.xml");

        Assert.Equal(id, SqlRowId.Of("204", "a.xml"));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
        Assert.Equal(3, new[] { id, SqlRowId.Of("20", "4a.xml"), SqlRowId.Of("204", "A.xml") }.Distinct(StringComparer.Ordinal).Count());
    }

    private static IExportDestination Create(string type, DestinationServices services, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["host"] = "db.example",
            ["database"] = "lab",
            ["user"] = "nexus",
            ["password"] = new SecretText("x"),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return BuiltInDestinations.Find(type)!.Create(new DestinationSettings { Name = "db", Type = type, Priority = 70, Values = all }, services);
    }
}
