using NexusExport.Destinations;

namespace NexusExport.Tests.Destinations;

public sealed class BuiltInDestinationsTests
{
    public static TheoryData<string> Types() => new(BuiltInDestinations.All.Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Create_OfEveryType_GivesWhatWasConfigured(string typeName)
    {
        var type = BuiltInDestinations.Find(typeName.ToUpperInvariant())!;
        var settings = new DestinationSettings { Name = "mine", Type = type.Name, Priority = 42, DependsOn = ["other"] };

        await using var destination = type.Create(settings, new DestinationServices());

        Assert.Equal(("mine", type.Name, 42, "other"), (destination.Name, destination.Type, destination.Priority, destination.DependsOn[0]));
        Assert.NotEmpty(destination.ValidateConfiguration());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Settings_OfEveryType_AreNamedForYamlAndDescribed(string typeName) => Assert.All(BuiltInDestinations.Find(typeName)!.Settings, setting =>
    {
        Assert.Matches("^[a-z][a-z0-9_]*$", setting.Name);
        Assert.EndsWith(".", setting.Description, StringComparison.Ordinal);
        Assert.True(setting.Allowed.Count == 0 || setting.Allowed.Contains(setting.Default!, StringComparer.Ordinal));
    });

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Create_OfEveryType_GivesOneThatListsWhatItHolds(string typeName)
    {
        await using var destination = Create(typeName);

        Assert.IsAssignableFrom<IListsContent>(destination);
        Assert.True(destination.Capabilities.CanFind);
    }

    /// <summary>Tests mirror the folders of what they test: in a type's folder there is one that derives from the contract.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public async Task Contract_OfEveryType_IsHeld(string typeName)
    {
        await using var destination = Create(typeName);
        var folder = destination.GetType().Namespace!.Split('.')[^1];

        Assert.Contains(
            typeof(DestinationContract).Assembly.GetTypes(),
            type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(DestinationContract)) && type.Namespace == $"{typeof(DestinationContract).Namespace}.{folder}");
    }

    [Fact]
    public void Find_UnknownType_GivesNothing() => Assert.Null(BuiltInDestinations.Find("carrier_pigeon"));

    private static IExportDestination Create(string typeName)
    {
        var type = BuiltInDestinations.Find(typeName)!;
        return type.Create(new DestinationSettings { Name = "mine", Type = type.Name, Priority = 42 }, new DestinationServices());
    }
}
