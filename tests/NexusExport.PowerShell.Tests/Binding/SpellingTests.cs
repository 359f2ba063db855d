using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Tests.Binding;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("best_effort", ExportStrategy.BestEffort)]
    [InlineData("first_success", ExportStrategy.FirstSuccess)]
    [InlineData("First-Success", ExportStrategy.FirstSuccess)]
    [InlineData("all", ExportStrategy.All)]
    [InlineData("BestEffort", ExportStrategy.BestEffort)]
    public void Normalize_Spelling_IsAName(string text, ExportStrategy expected) =>
        Assert.Equal(expected, Enum.Parse<ExportStrategy>(StrategySpellingAttribute.Normalize(text), ignoreCase: true));

    [Theory]
    [InlineData("cdcs", "cdcs")]
    [InlineData("lab-archive_2.x", "lab-archive_2.x")]
    [InlineData("the lab's", "'the lab''s'")]
    [InlineData("$(evil)", "'$(evil)'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("a\u2019; evil #", "'a\u2019\u2019; evil #'")]
    [InlineData("\u2018\u201A\u201B", "'\u2018\u2018\u201A\u201A\u201B\u201B'")]
    public void Quote_Name_IsSafeToType(string name, string expected) => Assert.Equal(expected, Suggestion.Quote(name));
}
