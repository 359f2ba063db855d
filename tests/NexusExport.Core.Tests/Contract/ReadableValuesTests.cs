using System.Collections;
using System.Reflection;

namespace NexusExport.Tests.Contract;

/// <summary>What a CSV file or a table shows of an object is text, never the name of a type.</summary>
public sealed class ReadableValuesTests
{
    private static readonly object Texts = new[] { "a" };
    private static readonly object Named = new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1 };

    public static TheoryData<Type> Shown =>
        [
            typeof(LabRecord), typeof(ExportResult), typeof(UploadLogEntry), typeof(DestinationInfo), typeof(DestinationTestResult), typeof(CdcsRecord),
            typeof(ExportSetting), typeof(DatabaseUpgradeStep),
        ];

    [Fact]
    public void ToString_NamedValues_AreNamesWithTheirValues()
    {
        var values = NamedValues.Of(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["attempts"] = 2L,
            ["share"] = 0.5,
            ["tags"] = new List<object?> { "a", "b" },
            ["nested"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["deep"] = true },
            ["nothing"] = null,
        });
        Assert.Equal("attempts=2; share=0.5; tags=a, b; nested={deep=True}; nothing=", values.ToString());
    }

    [Fact]
    public void ToString_TextList_IsItsTexts() => Assert.Equal("read, write", new TextList(["read", "write"]).ToString());

    [Theory]
    [MemberData(nameof(Shown))]
    public void ToString_EveryCollectionOfAShownObject_NamesNoType(Type type)
    {
        var value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsCollection))
        {
            var sample = property.PropertyType.IsAssignableFrom(typeof(string[])) ? Texts : Named;
            property.SetMethod!.Invoke(value, [sample]);
            var text = property.GetValue(value)!.ToString()!;
            Assert.False(text.Contains("System.", StringComparison.Ordinal) || text.Contains('`', StringComparison.Ordinal), $"{type.Name}.{property.Name} reads '{text}'.");
        }
    }

    [Fact]
    public void ToString_Capabilities_AreWords() => Assert.Equal(
        "find, undo; risk High",
        new DestinationCapabilities(CanFind: true, CanFetch: false, CanUndo: true, DestinationRisk.High).ToString());

    private static bool IsCollection(PropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.SetMethod is not null;
}
