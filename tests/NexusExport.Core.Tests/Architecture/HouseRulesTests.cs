using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NexusExport.Tests.Architecture;

/// <summary>
/// What .editorconfig and the analyzers cannot say: how long a line, a method, a type may be. A method that has a reason to be longer says so in a
/// comment that begins with "Long:" right above it.
/// </summary>
public sealed partial class HouseRulesTests
{
    private const int Columns = 160;
    private const int MethodLines = 50;
    private const int Complexity = 12;
    private const int TypeLines = 250;
    private const int MedianFile = 50;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("build")]
    [InlineData("samples")]
    public void Lines_OfEveryFile_FitTheColumns(string folder) => Assert.Empty(
        from file in AllFiles(folder)
        from line in File.ReadLines(file).Index()
        where LengthOf(line.Item) > Columns && !IsText(file, line.Index)
        select $"{file}:{line.Index + 1} has {LengthOf(line.Item)} columns");

    [Theory]
    [MemberData(nameof(ProjectSources.Names), MemberType = typeof(ProjectSources))]
    public void Types_OfAProject_AreShort(string project) => Assert.Empty(
        from node in Nodes(project)
        where node is BaseTypeDeclarationSyntax && LinesOf(node) > TypeLines
        select Describe(node));

    [Theory]
    [MemberData(nameof(ProjectSources.Names), MemberType = typeof(ProjectSources))]
    public void Methods_OfAProject_AreShortAndSimple(string project) => Assert.Empty(
        from node in Nodes(project)
        where IsMethod(node) && (LinesOf(node) > MethodLines || ComplexityOf(node) > Complexity) && !HasReason(node)
        select $"{Describe(node)}, complexity {ComplexityOf(node)}");

    [Fact]
    public void Files_OfAllProjects_AreShortMostly()
    {
        var lengths = AllFiles("src").Select(file => File.ReadLines(file).Count()).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, MedianFile);
    }

    // Without what stands in quotes: a text is not broken for its length.
    private static int LengthOf(string line) => line.Length <= Columns ? line.Length : Quoted().Replace(line, "\"\"").Length;

    // Within a literal of several lines (SQL, JSON, XML).
    private static bool IsText(string file, int line)
    {
        var text = CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview));
        return text.GetRoot().FindToken(text.GetText().Lines[line].Start).Kind()
            is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken;
    }

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    private static IEnumerable<string> AllFiles(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(SharedFixtures.Repository, folder)).SelectMany(ProjectSources.Files)
            .Where(file => !file.Split('/', '\\').Any(part => part is "bin" or "obj"));

    private static IEnumerable<SyntaxNode> Nodes(string project) => ProjectSources.Files(ProjectSources.Projects[project])
        .SelectMany(
            file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview), file).GetRoot().DescendantNodes());

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null };

    private static bool HasReason(SyntaxNode node) =>
        node.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith("// Long: ", StringComparison.Ordinal));

    // McCabe's count: one, and one for each branch.
    private static int ComplexityOf(SyntaxNode node) => 1 + node.DescendantNodes().Count(inner => inner
        is IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
        or CaseSwitchLabelSyntax or CasePatternSwitchLabelSyntax or ConditionalExpressionSyntax or CatchClauseSyntax
        or SwitchExpressionArmSyntax { Pattern: not DiscardPatternSyntax }
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression });

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Describe(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return $"{span.Path}:{span.StartLinePosition.Line + 1} has {LinesOf(node)} lines";
    }
}
