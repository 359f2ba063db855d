using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Tests.Destinations;
using NexusExport.Tests.Publishing;

namespace NexusExport.Tests.Routing;

public sealed class DestinationRegistryTests
{
    [Fact]
    public async Task Names_OfSeveral_AreInRunningOrder()
    {
        await using var registry = Registry(Setting("local", 80), Setting("b", 90), Setting("A", 90), Setting("cdcs", 100));

        Assert.Equal("cdcs A b local", string.Join(' ', registry.Names));
    }

    [Fact]
    public async Task Describe_ADisabledAndAFaultyOne_ComeLastWithoutAnOrder()
    {
        await using var registry = Registry(
            Setting("cdcs", 100) with { Faults = [new(ExportErrorCode.SecretUnavailable, "NX_CDCS_TOKEN is not set.")] },
            Setting("share", 90) with { Enabled = false },
            Setting("local", 80));

        var described = registry.Describe();

        Assert.Equal("local cdcs share", string.Join(' ', described.Select(info => info.DestinationName)));
        Assert.Equal([1, null, null], described.Select(info => info.Order));
        Assert.Equal("NX_CDCS_TOKEN is not set.", described[1].Fault);
        Assert.Null(described[1].Capabilities);
    }

    [Fact]
    public async Task Describe_ASecret_ShowsStars()
    {
        await using var registry = Registry(Setting("cdcs", 100) with
        {
            Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["token"] = new SecretText("t0p-secret") },
        });

        Assert.Equal("***", registry.Describe()[0].Settings["token"]);
    }

    [Fact]
    public async Task Get_AFaultyOne_FailsEveryCallWithTheReason()
    {
        var fault = new ExportFault(ExportErrorCode.SecretUnavailable, "NX_CDCS_TOKEN is not set.");
        await using var registry = Registry(Setting("cdcs", 100) with { Faults = [fault] });

        var exception = await Assert.ThrowsAsync<ExportException>(() => registry.Get("CDCS").TestConnectionAsync(CancellationToken.None));

        Assert.Equal(fault, exception.Fault);
    }

    [Fact]
    public async Task Get_AnUnknownName_SaysWhichThereAre()
    {
        await using var registry = Registry(Setting("local", 80));

        var exception = Assert.Throws<ExportException>(() => registry.Get("cdsc"));

        Assert.Equal(ExportErrorCode.DestinationNotFound, exception.Fault.Code);
        Assert.Contains("local", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_OfEqualPriority_PutsADependencyFirst()
    {
        await using var registry = Registry(Setting("a", 80) with { DependsOn = ["b", "c?"] }, Setting("b", 80), Setting("c", 90));

        var described = registry.Describe();

        Assert.Equal("c b a", string.Join(' ', described.Select(info => info.DestinationName)));
        Assert.Equal(["b", "c?"], described[2].DependsOn);
    }

    [Fact]
    public async Task Describe_ADependencyThatADestinationAsksForItself_IsCheckedLikeAConfiguredOne()
    {
        await using var registry = Registry(
            name => new ScriptedDestination(name, 90) { DependsOn = name == "a" ? ["b"] : ["absent?"] },
            Setting("a", 90),
            Setting("b", 80));

        var described = registry.Describe();

        Assert.Null(described[0].Fault);
        Assert.Equal("b", described[0].DestinationName);
        Assert.Contains("'b' (priority 80), which would run after it", described[1].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ADestinationThatCannotBeMade_IsFaultyAndTheOthersAreNot()
    {
        await using var registry = Registry(
            name => name == "bad" ? throw new InvalidOperationException("No luck.") : new ScriptedDestination(name),
            Setting("bad", 90),
            Setting("good", 80));

        Assert.Equal(["good", "bad"], registry.Describe().Select(info => info.DestinationName));
        Assert.Contains("No luck.", registry.Describe()[1].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ADestinationUnderAnotherName_IsFaulty()
    {
        await using var registry = Registry(_ => new ScriptedDestination("other"), Setting("mine", 90));

        Assert.Contains("calls itself 'other'", Assert.Single(registry.Describe()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_OneThatHeedsNoToken_IsLeftAfterItsTimeout(bool boundsItsRequests)
    {
        using var never = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var hanging = new ScriptedDestination("lab") { OnUpload = (_, _) => Hang(never) };
        await using var registry = new DestinationRegistry(
            [Setting("lab", 50) with { Timeout = TimeSpan.FromSeconds(7) }],
            [new DestinationType("scripted", 50, [], (_, _) => hanging) { BoundsItsRequests = boundsItsRequests }],
            new DestinationServices { Time = time },
            new ResilienceOptions());
        Assert.Equal(TimeSpan.FromSeconds(7), registry.TimeoutOf("LAB"));

        var publishing = registry.Get("lab").PublishAsync(TestExports.Context(), default);

        if (boundsItsRequests)
        {
            never.Set();
            Assert.NotNull((await publishing).Receipt);
            Assert.Empty(time.Delays);
            return;
        }

        var fault = (await publishing).Fault;
        Assert.Equal((ExportErrorCode.Timeout, "'lab' did not end a call within 7"), (fault?.Code, fault?.Message[..33]));
        never.Set();
    }

    private static Task<DestinationReceipt> Hang(ManualResetEventSlim never) => Task.Run(() =>
    {
        never.Wait();
        return new DestinationReceipt();
    });

    private static DestinationSettings Setting(string name, int priority) => new() { Name = name, Type = "scripted", Priority = priority };

    private static DestinationRegistry Registry(params DestinationSettings[] settings) => Registry(name => new ScriptedDestination(name), settings);

    private static DestinationRegistry Registry(Func<string, IExportDestination> make, params DestinationSettings[] settings) => new(
        settings,
        [new DestinationType("scripted", 50, [], (setting, _) => make(setting.Name))],
        new DestinationServices(),
        new ResilienceOptions());
}
