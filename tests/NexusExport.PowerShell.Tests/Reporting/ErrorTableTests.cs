using System.Management.Automation;
using System.Text.RegularExpressions;
using NexusExport.PowerShell.Reporting;
using NexusExport.PowerShell.Tests.Shape;

namespace NexusExport.PowerShell.Tests.Reporting;

public sealed partial class ErrorTableTests
{
    [Fact]
    public void CategoryOf_EveryKind_IsNeverNotSpecified() =>
        Assert.All(Enum.GetValues<ExportErrorKind>(), kind => Assert.NotEqual(ErrorCategory.NotSpecified, ErrorRecordFactory.CategoryOf(kind)));

    [Fact]
    public void AboutErrors_Table_IsTheCatalog()
    {
        var text = File.ReadAllText(Path.Combine(ModuleFiles.Source, "en-US", "about_NexusExport_Errors.help.txt"));
        var documented = Entry().Matches(text).Select(match => (
            match.Groups["code"].Value,
            match.Groups["id"].Value,
            match.Groups["category"].Value,
            match.Groups["retry"].Value,
            Space().Replace(match.Groups["action"].Value, " ").Trim()));
        var expected = ExportErrorCatalog.Entries.Select(entry => (
            entry.Code,
            entry.ErrorId,
            ErrorRecordFactory.CategoryOf(entry.Kind).ToString(),
            entry.Recoverable ? "yes" : "no",
            entry.RecommendedAction));
        Assert.Equal(expected, documented);
    }

    [Fact]
    public void Unexpected_Exception_NamesItsType()
    {
        var made = ErrorRecordFactory.Unexpected(new InvalidTimeZoneException("odd"));
        Assert.Equal((ExportErrorCode.UnexpectedFailure, "InvalidTimeZoneException: odd"), (made.Fault.Code, made.Message));
        Assert.IsType<InvalidTimeZoneException>(made.InnerException);
    }

    [GeneratedRegex(@"^    (?<code>[A-Z_]+)\n        Id: (?<id>\w+)   Category: (?<category>\w+)   Retry: (?<retry>\w+)\n(?<action>(        .*\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
