using System.Diagnostics;
using System.Text.Json;

namespace NexusExport.Tests;

/// <summary>What the build files make of the machine they are used on.</summary>
public sealed class BuildFilesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/packages")]
    [InlineData("/packages/")]
    public async Task MySqlDriver_PackageFolderWithOrWithoutASeparator_IsLookedForInIt(string root)
    {
        using var answer = JsonDocument.Parse(await EvaluateAsync(
            Path.Combine(SharedFixtures.Repository, "src", "NexusExport.Core", "NexusExport.Core.csproj"), "-getItem:Reference", $"-p:NuGetPackageRoot={root}"));

        var driver = answer.RootElement.GetProperty("Items").GetProperty("Reference").EnumerateArray()
            .Single(reference => reference.GetProperty("Identity").GetString() == "MySql.Data");
        Assert.StartsWith("/packages/mysql.data/", driver.GetProperty("HintPath").GetString()!.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(false, "NexusExport.PowerShell.sln", true)]
    public async Task Analyzers_BeforeTheSolutionIsBuilt_AreLeftOut(bool wasBuilt, string? solution, bool areThere)
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.Copy(Path.Combine(SharedFixtures.Repository, file), _folder[file]);
        }

        var project = _folder.Write("src/Some/Some.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        if (wasBuilt)
        {
            _folder.Write("obj/solution-was-built", string.Empty);
        }

        var packages = await EvaluateAsync(project, "-getItem:PackageReference", $"-p:SolutionPath={solution}");

        Assert.Equal(areThere, packages.Contains("Meziantou.Analyzer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("win-x64", "true")]
    public async Task Publish_ForOnePlatform_CompilesForIt(string platform, string isCompiled)
    {
        var host = Path.Combine(SharedFixtures.Repository, "src", "NexusExport.Host", "NexusExport.Host.csproj");

        var answer = await EvaluateAsync(host, "-getProperty:PublishReadyToRun", $"-p:RuntimeIdentifier={platform}");

        Assert.Equal(isCompiled, answer.Trim());
    }

    private static async Task<string> EvaluateAsync(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            return await process.StandardOutput.ReadToEndAsync(deadline.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
