using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NexusExport.Tests.Architecture;

/// <summary>Which room (folder) of a project uses which, read from its sources by the compiler's own understanding of every name.</summary>
internal sealed class RoomGraph
{
    // What the SDK and the test projects add without a line in any file.
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private readonly Dictionary<(string From, string To), (string User, string Used)> _uses = [];

    private readonly IReadOnlyCollection<(string User, string Used)> _files = [];

    private RoomGraph(Dictionary<(string From, string To), (string User, string Used)> uses, IReadOnlyCollection<(string User, string Used)> files)
    {
        _uses = uses;
        _files = files;
    }

    /// <summary>The rooms that use or are used.</summary>
    public IReadOnlySet<string> Rooms => _uses.Keys.SelectMany(use => new[] { use.From, use.To }).ToHashSet(StringComparer.Ordinal);

    /// <summary>The graph of the project in <paramref name="folder"/>; its references are those of this process.</summary>
    public static RoomGraph Read(string folder)
    {
        var trees = ProjectSources.Files(folder).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing, file)).ToList();
        var compilation = CSharpCompilation.Create(
            "rooms",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing)],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var uses = new Dictionary<(string From, string To), (string User, string Used)>();
        var files = new HashSet<(string User, string Used)>();
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var used in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Select(name => FileOf(model, name)).OfType<string>().Distinct())
            {
                uses.TryAdd((RoomOf(folder, tree.FilePath), RoomOf(folder, used)), (Relative(folder, tree.FilePath), Relative(folder, used)));
                files.Add((Relative(folder, tree.FilePath), Relative(folder, used)));
            }
        }

        return new(uses.Where(use => use.Key.From != use.Key.To).ToDictionary(), files);
    }

    /// <summary>The files outside a room that use a file of it.</summary>
    public IReadOnlyList<string> UsersOf(string room) =>
    [
        .. _files.Where(use => Room(use.Used) == room && Room(use.User) != room)
            .Select(use => use.User)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The graph of the topmost folders alone.</summary>
    public RoomGraph Topmost()
    {
        var uses = new Dictionary<(string From, string To), (string User, string Used)>();
        foreach (var (use, files) in _uses)
        {
            uses.TryAdd((Top(use.From), Top(use.To)), files);
        }

        return new(uses.Where(use => use.Key.From != use.Key.To).ToDictionary(), _files);
    }

    /// <summary>The uses that make a cycle, each with the file that uses and the file that is used; empty where there is none.</summary>
    public IReadOnlyList<string> Cycles() =>
    [
        .. _uses.Where(use => Reaches(use.Key.To, use.Key.From))
            .Select(use => $"{use.Key.From} uses {use.Key.To}: {use.Value.User} uses {use.Value.Used}")
            .Order(StringComparer.Ordinal),
    ];

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var next = new Stack<string>(seen);
        while (next.TryPop(out var room))
        {
            foreach (var further in _uses.Keys.Where(use => use.From == room).Select(use => use.To).Where(seen.Add))
            {
                next.Push(further);
            }
        }

        return seen.Contains(to);
    }

    private static string? FileOf(SemanticModel model, SimpleNameSyntax name)
    {
        var symbol = model.GetSymbolInfo(name).Symbol;
        var type = symbol as INamedTypeSymbol ?? (symbol is INamespaceSymbol ? null : symbol?.ContainingType);
        var file = type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
        return string.IsNullOrEmpty(file) ? null : file;
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => !Path.GetFileName(path).StartsWith("NexusExport", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));

    private static string Top(string room) => room.Split('/')[0];

    private static string RoomOf(string folder, string file) => Room(Relative(folder, file));

    private static string Room(string relative) => Path.GetDirectoryName(relative) is { Length: > 0 } room ? room.Replace('\\', '/') : ".";

    private static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
