using System.Net;
using NexusExport.Routing.Plugins;
using NexusExport.Tests.Destinations;

namespace NexusExport.Tests.Routing.Plugins;

public sealed class ScriptDestinationTests
{
    public static TheoryData<object?, string?, string?> Outputs { get; } = new()
    {
        { null, null, null },
        { true, null, null },
        { "id-1", "id-1", null },
        { 17, "17", null },
        { FakeScriptHost.Members(("recordid", 5), ("RecordUrl", "https://lab/5")), "5", "https://lab/5" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Upload_WhateverAScriptMaySay_IsAReceipt(object? output, string? id, string? url)
    {
        var context = TestExports.Context();

        var receipt = await Destination(FakeScriptHost.Code(_ => output)).UploadAsync(context, default);

        Assert.Equal((id, url, (long)context.Document.Content.Bytes.Length), (receipt.RecordId, receipt.RecordUrl, receipt.BytesSent));
    }

    public static TheoryData<string> Oddities => [.. OddValues.All.Keys];

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task Anything_ThatAScriptMayHandOver_EndsNoRun(string oddity)
    {
        var odd = OddValues.All[oddity];
        var members = FakeScriptHost.Members(
            ("RecordId", odd), ("RecordUrl", odd), ("Location", odd), ("Metadata", odd), ("Success", odd), ("Message", odd), ("Permissions", odd), ("ServerVersion", odd));
        foreach (var output in (object?[])[odd, members, FakeScriptHost.Members(("Metadata", OddValues.All))])
        {
            if (output is IReadOnlyDictionary<string, object?> and not Dictionary<string, object?>)
            {
                // A host copies what has members into dictionaries of its own.
                continue;
            }

            var code = FakeScriptHost.Code(_ => output);
            var destination = Destination(code, test: code, find: code);

            Assert.NotNull(await destination.UploadAsync(TestExports.Context(), default));
            await destination.FindAsync(TestExports.Context(), default);
            Assert.NotEmpty((await destination.TestConnectionAsync(default)).Permissions.Append("any"));
        }

        Assert.NotEmpty((await FailureAsync(FakeScriptHost.Throwing(new ScriptPluginException("no", members)))).Message);
        Assert.NotEmpty((await FailureAsync(FakeScriptHost.Throwing(
            new ScriptPluginException("no", FakeScriptHost.Members(("Code", odd), ("Message", odd), ("RetryAfter", odd), ("Recoverable", odd)))))).Message);
    }

    [Fact]
    public async Task Upload_False_IsAFailure() =>
        Assert.Equal(ExportErrorCode.PluginFailed, (await FailureAsync(FakeScriptHost.Code(_ => false))).Code);

    [Fact]
    public async Task Upload_AThrownObject_IsTakenAtItsWord()
    {
        var thrown = FakeScriptHost.Members(("Code", "RATE_LIMITED"), ("Message", "Not so fast."), ("Recoverable", false));

        var fault = await FailureAsync(FakeScriptHost.Throwing(new ScriptPluginException("System.Collections.Hashtable", thrown)));

        Assert.Equal(("RATE_LIMITED", "'lab': Not so fast.", false, false), (fault.Code, fault.Message, fault.Recoverable, fault.MayHaveCommitted));
        Assert.Null(fault.RetryAfter);
    }

    [Theory]
    [InlineData(30, 30.0)]
    [InlineData("1.5", 1.5)]
    [InlineData(-1, null)]
    [InlineData(1e300, null)]
    [InlineData("soon", null)]
    public async Task Upload_AThrownRetryAfter_IsSeconds(object given, double? seconds)
    {
        var thrown = FakeScriptHost.Members(("Code", "RATE_LIMITED"), ("RetryAfter", given));

        var fault = await FailureAsync(FakeScriptHost.Throwing(new ScriptPluginException("no", thrown)));

        Assert.Equal(seconds, fault.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Upload_AnHttpError_MeansWhatItAlwaysMeans()
    {
        var inner = new HttpRequestException("Forbidden", inner: null, HttpStatusCode.Forbidden);

        var fault = await FailureAsync(FakeScriptHost.Throwing(new ScriptPluginException("Forbidden", innerException: inner)));

        Assert.Equal((ExportErrorCode.PermissionDenied, false), (fault.Code, fault.Recoverable));
    }

    [Fact]
    public async Task Upload_AThrownText_IsAPluginFaultThatMayHaveCommitted()
    {
        var fault = await FailureAsync(FakeScriptHost.Throwing(new ScriptPluginException("Oh. (lab.ps1, line 2)")));

        Assert.Equal((ExportErrorCode.PluginFailed, "'lab' failed: Oh. (lab.ps1, line 2)", true), (fault.Code, fault.Message, fault.MayHaveCommitted));
    }

    [Fact]
    public async Task Upload_CancelledBefore_DoesNotRunTheScript()
    {
        var ran = false;
        var destination = Destination(FakeScriptHost.Code(_ => ran = true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => destination.UploadAsync(TestExports.Context(), new CancellationToken(canceled: true)));

        Assert.False(ran);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task Find_NothingOrFalse_HasNotFound(object? output) =>
        Assert.Null(await Destination(find: FakeScriptHost.Code(_ => output)).FindAsync(TestExports.Context(), default));

    [Fact]
    public async Task Find_AnId_HasFound() =>
        Assert.Equal("7", (await Destination(find: FakeScriptHost.Code(_ => "7")).FindAsync(TestExports.Context(), default))?.RecordId);

    [Fact]
    public async Task Undo_GetsTheReceipt_OrIsNotSupported()
    {
        object? got = null;
        var receipt = new DestinationReceipt { RecordId = "7" };
        var withUndo = Destination(undo: FakeScriptHost.Code(argument => got = argument));
        await withUndo.UndoAsync(receipt, default);

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination().UndoAsync(receipt, default));

        Assert.Same(receipt, got);
        Assert.Equal((true, false, ExportErrorCode.NotSupported), (withUndo.Capabilities.CanUndo, Destination().Capabilities.CanUndo, exception.Fault.Code));
    }

    [Fact]
    public async Task TestConnection_AText_IsTheMessage()
    {
        var report = await Destination(test: FakeScriptHost.Code(_ => "Ready.")).TestConnectionAsync(default);

        Assert.Equal(("Ready.", "write"), (report.Message, Assert.Single(report.Permissions)));
    }

    [Fact]
    public async Task TestConnection_NoSuccess_IsAFailureWithTheMessage()
    {
        var destination = Destination(test: FakeScriptHost.Code(_ => FakeScriptHost.Members(("Success", false), ("Message", "Locked."))));

        Assert.Equal("Locked.", (await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default))).Message);
    }

    [Fact]
    public void DependsOn_OfTheScript_MayBeOptional()
    {
        var destination = Destination(dependsOn: ["cdcs?", "local"]);

        Assert.Equal(["cdcs?", "local"], destination.DependsOn);
    }

    private static async Task<ExportFault> FailureAsync(ScriptCode export) =>
        (await Assert.ThrowsAsync<ExportException>(() => Destination(export).UploadAsync(TestExports.Context(), default))).Fault;

    private static ScriptDestination Destination(
        ScriptCode? export = null,
        ScriptCode? test = null,
        ScriptCode? find = null,
        ScriptCode? undo = null,
        IReadOnlyList<string>? dependsOn = null) => new(
            new DestinationSettings { Name = "lab", Type = "lab", Priority = 50 },
            new DestinationServices(),
            new ScriptPlugin("lab", 50, Enabled: true, dependsOn ?? [], export ?? FakeScriptHost.Code(_ => null), test, find, undo),
            new FakeScriptHost());
}
