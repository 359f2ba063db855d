using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class SessionReferenceTests
{
    [Theory]
    [InlineData("https://nemo.example/api/usage_events/?id=31", "31")]
    [InlineData("https://nemo.example/api/usage_events/?x=1&id=a%20b", "a b")]
    [InlineData("http://nemo.localhost/event_details/reservation/204/", "204")]
    [InlineData("7d3c1f0a-52be-4e0b-9a61-0d2b8c4f6e11", "7d3c1f0a")]
    [InlineData("204", "204")]
    [InlineData("http://nemo.localhost/", null)]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void Shorten_Identifier_IsWhatNexusLimsPutsIntoFileNames(string? identifier, string? expected) =>
        Assert.Equal(expected, SessionReference.Shorten(identifier));
}
