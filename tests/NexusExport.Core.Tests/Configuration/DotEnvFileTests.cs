using FsCheck;
using FsCheck.Fluent;
using NexusExport.Configuration.Sources;

namespace NexusExport.Tests.Configuration;

public sealed class DotEnvFileTests
{
    // What python-dotenv makes of the same lines.
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A = b ", "b")]
    [InlineData("  export A=b", "b")]
    [InlineData("'A'=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A= # b", "# b")]
    [InlineData("A=#b", "#b")]
    [InlineData("A='${HOME}'", "/home/lab")]
    [InlineData(@"A=""b\qc""", @"b\qc")]
    [InlineData(@"A=b\n", @"b\n")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=b 'c' d", "b 'c' d")]
    [InlineData("A='b # c' # comment", "b # c")]
    [InlineData(@"A='it\'s\n'", @"it's\n")]
    [InlineData(@"A=""b\tc\n\""d\""\\""", "b\tc\n\"d\"\\")]
    [InlineData(@"A=""C:\data\""", @"C:\data\")]
    [InlineData("A=\"C:\\data\\\"\nB=\"x\"", @"C:\data\")]
    [InlineData("A='\\\\'\nB='x'", @"\")]
    [InlineData("A=\"b\nc\r\nd\"", "b\nc\r\nd")]
    [InlineData("\uFEFFA=b\r\n", "b")]
    [InlineData("A=\u00B5m\n", "\u00B5m")]
    [InlineData("A=1\nA=2\n", "2")]
    [InlineData("A=${HOME}/x", "/home/lab/x")]
    [InlineData("A=${NONE}x", "x")]
    [InlineData("A=${NONE:-a}x", "ax")]
    [InlineData("HOME=/other\nA=${HOME}", "/other")]
    [InlineData("A=$HOME", "$HOME")]
    public void Parse_Assignment_IsReadAsPythonDotenvDoes(string text, string expected)
    {
        var (entries, badLines) = Parse(text);

        Assert.Empty(badLines);
        Assert.Equal(expected, entries.Last(entry => entry.Name is "A").Value);
    }

    [Theory]
    [InlineData("A=1\nB\nC=3", 2)]
    [InlineData("A=1\n=x\nC=3", 2)]
    [InlineData("A=1\nB='x\nC=3", 2)]
    [InlineData("A=1\nB=\"x\" y\nC=3", 2)]
    [InlineData("A=1\r\n\r\nB b\r\nC=3", 3)]
    public void Parse_BadLine_IsToldAndTheOthersAreRead(string text, int badLine)
    {
        var (entries, badLines) = Parse(text);

        Assert.Equal([badLine], badLines);
        Assert.Equal(["A", "C"], entries.Select(entry => entry.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Parse_ValuesOverSeveralLines_KeepTheCountOfLines()
    {
        var (entries, _) = Parse("# one\n\nA=\"x\ny\"\nB=1\n");

        Assert.Equal([("A", 3), ("B", 5)], entries.Select(entry => (entry.Name, entry.Line)));
    }

    [Fact]
    public void Parse_WhatWasWritten_ComesBack() =>
        Prop.ForAll(Values(), values =>
        {
            var text = string.Concat(values.Select((value, index) => Line($"NAME_{index}", value, index)));
            var (entries, badLines) = Parse(text);

            return badLines.Count == 0 && entries.Select(entry => entry.Value).SequenceEqual(values, StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_AnyText_EndsAndKeepsValuesOutOfSight() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var (entries, _) = Parse(text ?? string.Empty);

            return entries.All(entry => entry.ToString() == $"{entry.Name} (line {entry.Line})");
        }).QuickCheckThrowOnFailure();

    private static (IReadOnlyList<DotEnvEntry> Entries, IReadOnlyList<int> BadLines) Parse(string text) =>
        DotEnvFile.Parse(text, name => name is "HOME" ? "/home/lab" : null);

    private static Arbitrary<string[]> Values() =>
        Gen.Elements("a", "Z", "0", " ", "'", "\"", "\\", "#", "=", "$", "\n", "\r\n", "\t", "é", "export ").ArrayOf()
            .Select(string.Concat)
            .ArrayOf()
            .ToArbitrary();

    // Both quotings that python-dotenv's own set_key and NexusLIMS's documentation use.
    private static string Line(string name, string value, int index)
    {
        var escaped = value.Replace("\\", @"\\", StringComparison.Ordinal);
        var quoted = index % 2 == 0
            ? $"\"{escaped.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\""
            : $"'{escaped.Replace("'", @"\'", StringComparison.Ordinal)}'";
        return $"{(index % 3 == 0 ? "export " : "")}{name}={quoted} # comment\n";
    }
}
