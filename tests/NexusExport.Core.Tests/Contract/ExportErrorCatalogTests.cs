using System.Reflection;

namespace NexusExport.Tests.Contract;

public sealed class ExportErrorCatalogTests
{
    public static TheoryData<string> Codes() => new(typeof(ExportErrorCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!));

    [Theory]
    [MemberData(nameof(Codes))]
    public void For_EveryCode_HasALineOfItsOwn(string code)
    {
        var entry = ExportErrorCatalog.For(code);

        Assert.Equal(code, entry.Code);
        Assert.EndsWith(".", entry.RecommendedAction, StringComparison.Ordinal);

        // It asks at every line, and ends what runs unattended.
        Assert.DoesNotContain("-Debug", entry.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorId_OfACode_IsPascalCase() =>
        Assert.Equal("ConnectionFailed", ExportErrorCatalog.For(ExportErrorCode.ConnectionFailed).ErrorId);
}
