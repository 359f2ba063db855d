using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NexusExport.Routing.Plugins;

namespace NexusExport.Tests;

/// <summary>Sources that are compiled as a stranger compiles them: against the framework and the assemblies that are named, and nothing else.</summary>
internal static class CompiledSource
{
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    /// <summary>What speaks against it; empty where it compiles.</summary>
    public static IReadOnlyList<string> Errors(IEnumerable<string> sources, IEnumerable<string> references) =>
    [
        .. Compile("checked", sources, references).GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.ToString()),
    ];

    /// <summary>Writes the assembly that a source makes.</summary>
    public static void Write(string path, string source, params Assembly[] references)
    {
        using var file = File.Create(path);
        var emitted = Compile(Path.GetFileNameWithoutExtension(path), [source], references.Select(assembly => assembly.Location)).Emit(file);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }

    private static CSharpCompilation Compile(string name, IEnumerable<string> sources, IEnumerable<string> references) => CSharpCompilation.Create(
        name,
        [.. sources.Prepend(ImplicitUsings).Select(source => CSharpSyntaxTree.ParseText(source, Parsing))],
        [.. Framework().Concat(references).Select(path => MetadataReference.CreateFromFile(path))],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static IEnumerable<string> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(folder, "System.*.dll").Append(Path.Combine(folder, "netstandard.dll")).Where(IsAssembly);
    }

    private static bool IsAssembly(string path) => PluginImage.Read(path) is not null;
}
