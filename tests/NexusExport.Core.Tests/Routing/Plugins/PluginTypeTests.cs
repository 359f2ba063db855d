using NexusExport.Routing.Plugins;

namespace NexusExport.Tests.Routing.Plugins;

/// <summary>What a plugin's class may offer, null and nonsense included.</summary>
public sealed class PluginTypeTests
{
    private static readonly DestinationType Good = new("lab", 50, [], (_, _) => throw new InvalidOperationException("Not made here."));

    public static TheoryData<Type, string> Wrong { get; } = new()
    {
        { typeof(NoType), "the Type of NoType is null" },
        { typeof(NoName), "has no Name" },
        { typeof(NoCreate), "has no Create" },
        { typeof(NamelessSetting), "has a setting without a Name" },
        { typeof(SameSettingTwice), "has the setting 'FOLDER' twice" },
        { typeof(ThrowingType), "ThrowingType failed: InvalidOperationException: No type today" },
        { typeof(MuteType), "MuteType failed: MuteException: MuteException" },
        { typeof(ThrowingConstructor), "ThrowingConstructor failed: TypeInitializationException" },
        { typeof(NoConstructor), "no public constructor without parameters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Create_OfAClassThatOffersNothingUsable_SaysWhy(Type plugin, string expected)
    {
        var fault = Assert.Throws<ExportException>(() => AssemblyPlugin.Create(plugin)).Fault;

        Assert.Equal(ExportErrorCode.PluginFailed, fault.Code);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ATypeWithNullsAndEndlessLists_HasWhatCanBeUsed()
    {
        var type = PluginType.Of("Lab", Good with { Settings = [null!, new("folder", SettingKind.Path, null!) { Allowed = null!, Aliases = [null!] }] });
        var endless = PluginType.Of("Lab", Good with { Settings = null!, Limits = null! });

        var setting = Assert.Single(type.Settings);
        Assert.Equal(("folder", string.Empty, 0, 0), (setting.Name, setting.Description, setting.Allowed.Count, setting.Aliases.Count));
        Assert.Empty(endless.Settings);
        Assert.Equal(CallLimits.None, endless.Limits(new() { Name = "lab", Type = "lab", Priority = 1 }));
        Assert.Throws<ExportException>(() => PluginType.Of("Lab", Good with { Settings = new OddValues.EndlessList<SettingDefinition>(setting) }));
    }

    [Fact]
    public void Of_ATypeWithLimitsThatNobodyCanKeep_HasThoseThatCanBeKept()
    {
        var limits = new CallLimits
        {
            AtOnce = 0,
            Requests = null!,
            Writes = [null!, new(0, TimeSpan.FromSeconds(1)), new(1, TimeSpan.Zero), new(5, TimeSpan.FromSeconds(1))],
        };
        var kept = PluginType.Of("Lab", Good with { Limits = _ => limits }).Limits(new() { Name = "lab", Type = "lab", Priority = 1 });

        Assert.Equal((1, 0, 1), (kept.AtOnce, kept.Requests.Count, kept.Writes.Count));
        Assert.Equal(CallLimits.None, PluginType.Of("Lab", Good with { Limits = _ => null! }).Limits(new() { Name = "lab", Type = "lab", Priority = 1 }));
    }

    private sealed class NoType : IDestinationPlugin
    {
        public DestinationType Type => null!;
    }

    private sealed class NoName : IDestinationPlugin
    {
        public DestinationType Type => Good with { Name = null! };
    }

    private sealed class NoCreate : IDestinationPlugin
    {
        public DestinationType Type => Good with { Create = null! };
    }

    private sealed class NamelessSetting : IDestinationPlugin
    {
        public DestinationType Type => Good with { Settings = [new(" ", SettingKind.Text, "x")] };
    }

    private sealed class SameSettingTwice : IDestinationPlugin
    {
        public DestinationType Type => Good with { Settings = [new("FOLDER", SettingKind.Text, "x"), new("folder", SettingKind.Text, "x")] };
    }

    private sealed class ThrowingType : IDestinationPlugin
    {
        public DestinationType Type => throw new InvalidOperationException("No type today");
    }

    private sealed class MuteType : IDestinationPlugin
    {
        public DestinationType Type => throw new OddValues.MuteException();
    }

    private sealed class ThrowingConstructor : IDestinationPlugin
    {
        private static readonly int Never = int.Parse("never", System.Globalization.CultureInfo.InvariantCulture);

        public DestinationType Type => Good with { DefaultPriority = Never };
    }

    private sealed class NoConstructor(string name) : IDestinationPlugin
    {
        public DestinationType Type => Good with { Name = name };
    }
}
