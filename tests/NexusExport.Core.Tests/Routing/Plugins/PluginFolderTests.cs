using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NexusExport.Configuration.Drafts;
using NexusExport.Destinations;
using NexusExport.Routing.Plugins;

namespace NexusExport.Tests.Routing.Plugins;

public sealed class PluginFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeScriptHost _scripts = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_AnAssembly_BringsItsTypeFromAContextOfItsOwn(bool inOwnFolder)
    {
        SamplePlugin.Install(_folder.Path, inOwnFolder);

        using var plugins = Load();

        var type = Assert.Single(plugins.Types);
        Assert.Equal(("gzip", 40, null), (type.Name, type.DefaultPriority, type.Fault));
        Assert.Equal("GzipArchive.dll", Path.GetFileName(type.PluginPath));
        Assert.Equal("GzipArchive", Assert.Single(plugins.Contexts).Name);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == "GzipArchive" && !loaded.IsCollectible);
    }

    [Fact]
    public void Dispose_OfTheSet_LetsTheAssemblyGo()
    {
        SamplePlugin.Install(_folder.Path);
        var context = LoadAndDispose();

        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [Fact]
    public void Load_WhatDoesNotLoad_IsToldWithTheReasonAndTheOthersGoOn()
    {
        SamplePlugin.Install(_folder.Path);
        _folder.Write("Broken.dll", "This is no assembly.");
        CompiledSource.Write(_folder["Other.dll"], "public sealed class Lab { public NexusExport.Dependency? On; }", typeof(IDestinationPlugin).Assembly);
        _folder.Write("throws.ps1", string.Empty);
        _scripts.Files["throws.ps1"] = () => throw new ScriptPluginException("No such module. (throws.ps1, line 3)");

        using var plugins = Load();

        Assert.Equal("Broken gzip Other throws", string.Join(' ', plugins.Types.Select(type => type.Name)));
        Assert.Null(plugins.Types[1].Fault);
        Assert.All(new[] { 0, 2, 3 }, index => Assert.Equal(ExportErrorCode.PluginFailed, plugins.Types[index].Fault?.Code));
        Assert.Contains("IDestinationPlugin", plugins.Types[2].Fault?.Message, StringComparison.Ordinal);
        Assert.Equal($"The plugin {_folder["throws.ps1"]} is not available: No such module. (throws.ps1, line 3).", plugins.Types[3].Fault?.Message);
    }

    [Fact]
    public void Load_OneThatWasBuiltAgainstCore_SaysWhatToBuildItAgainst()
    {
        CompiledSource.Write(
            _folder["Old.dll"],
            "public sealed class Old { public NexusExport.ExportEngine? Engine; }",
            typeof(IDestinationPlugin).Assembly,
            typeof(PluginFolder).Assembly);

        var fault = Assert.Single(Load().Types).Fault;

        Assert.Equal(ExportErrorCode.PluginFailed, fault?.Code);
        Assert.EndsWith(
            "built against NexusExport.Core, which plugins are not given; build it against NexusExport.Abstractions alone.",
            fault?.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ALibraryOfAPluginThatAsksForCore_IsNotGivenIt()
    {
        SamplePlugin.Install(_folder.Path);
        using var plugins = Load();
        var context = Assert.Single(plugins.Contexts);

        Assert.Same(typeof(IDestinationPlugin).Assembly, context.LoadFromAssemblyName(typeof(IDestinationPlugin).Assembly.GetName()));
        Assert.Same(typeof(ILogger).Assembly, context.LoadFromAssemblyName(typeof(ILogger).Assembly.GetName()));
        Assert.ThrowsAny<IOException>(() => context.LoadFromAssemblyName(typeof(PluginFolder).Assembly.GetName()));
    }

    [Fact]
    public void References_OfTheSample_AreTheContractAndTheFramework()
    {
        var image = PluginImage.Read(SamplePlugin.AssemblyPath);

        Assert.Equal("NexusExport.Abstractions", Assert.Single(image!.References, name => !name.StartsWith("System.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_AnAssemblyThatAPluginBringsAlong_IsLeftAlone()
    {
        File.Copy(typeof(IDestinationPlugin).Assembly.Location, _folder["NexusExport.Abstractions.dll"]);
        File.Copy(typeof(PluginFolder).Assembly.Location, _folder["NexusExport.Core.dll"]);
        File.Copy(typeof(Dapper.SqlMapper).Assembly.Location, _folder["Dapper.dll"]);

        Assert.Empty(Load().Types);
    }

    [Fact]
    public void Load_ATakenName_IsAFaultUnderAnother()
    {
        Script("cdcs.ps1", FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null))));
        Script("first.ps1", FakeScriptHost.Members(("Name", "lab"), ("Export", FakeScriptHost.Code(_ => null))));
        Script("second.ps1", FakeScriptHost.Members(("Name", "LAB"), ("Export", FakeScriptHost.Code(_ => null))));

        var types = Load().Types;

        Assert.Equal("cdcs.plugin lab second", string.Join(' ', types.Select(type => type.Name)));
        Assert.Contains("'cdcs' is that of a built-in destination type", types[0].Fault?.Message, StringComparison.Ordinal);
        Assert.Contains("'LAB' is that of first.ps1, too", types[2].Fault?.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, object?> WrongScripts { get; } = new()
    {
        { "must return a hashtable", null },
        { "no Export script block", FakeScriptHost.Members(("Name", "x")) },
        { "its Export must be a script block", FakeScriptHost.Members(("Export", "x")) },
        { "unknown member 'Exprot'; did you mean 'Export'?", FakeScriptHost.Members(("Exprot", null)) },
        { "Priority must be a whole number", FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null)), ("Priority", "high")) },
        { "it must be from 0 to 1000", FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null)), ("Priority", 1001)) },
        { "cannot be the name", FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null)), ("Name", "a/b")) },
        { "Enabled must be", FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null)), ("Enabled", "yes")) },
    };

    [Theory]
    [MemberData(nameof(WrongScripts))]
    public void Load_AScriptThatIsWrong_SaysWhat(string expected, object? returned)
    {
        Script("wrong.ps1", returned);

        Assert.Contains(expected, Assert.Single(Load().Types).Fault?.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Oddities => [.. OddValues.All.Keys];

    [Theory]
    [MemberData(nameof(Oddities))]
    public void Load_AScriptThatReturnsAnything_EndsNoRun(string oddity)
    {
        var odd = OddValues.All[oddity];
        var code = FakeScriptHost.Code(_ => null);
        Script("a.ps1", odd);
        Script("b.ps1", FakeScriptHost.Members(("Name", odd), ("Export", code)));
        Script("c.ps1", FakeScriptHost.Members(("Priority", odd), ("Export", code)));
        Script("d.ps1", FakeScriptHost.Members(("DependsOn", odd), ("Export", code)));
        Script("e.ps1", FakeScriptHost.Members(("Enabled", odd), ("Export", odd)));
        _folder.Write("f.ps1", string.Empty);
        _scripts.Files["f.ps1"] = () => throw new OddValues.MuteException();
        Script("good.ps1", FakeScriptHost.Members(("Export", code)));

        var types = Load().Types;

        Assert.Equal(7, types.Count);
        Assert.Null(types.Single(type => type.Name == "good").Fault);
        Assert.All(types.Where(type => type.Fault is not null), type => Assert.NotEmpty(type.Fault!.Message));
    }

    [Fact]
    public void Load_AScriptWithoutPowerShell_SaysSo()
    {
        _folder.Write("lab.ps1", string.Empty);

        var type = Assert.Single(new PluginFolder(BuiltInDestinations.All, scripts: null).Load(_folder.Path).Types);

        Assert.Equal("lab", type.Name);
        Assert.Contains("not available: it is a script, which needs PowerShell", type.Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFolderThatIsNotThere_IsNoPlugin() => Assert.Empty(new PluginFolder([], _scripts).Load(_folder["none"]).Types);

    // Not inlined: what the caller's frame still holds would keep the context alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference LoadAndDispose()
    {
        using var plugins = Load();
        return new WeakReference(Assert.Single(plugins.Contexts));
    }

    private void Script(string name, object? returned)
    {
        _folder.Write(name, string.Empty);
        _scripts.Files[name] = () => returned;
    }

    private PluginSet Load() => new PluginFolder(BuiltInDestinations.All, _scripts).Load(_folder.Path);
}
