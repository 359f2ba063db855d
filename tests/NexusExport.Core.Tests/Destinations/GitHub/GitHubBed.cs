using NexusExport.Destinations.GitHub;
using NexusExport.Fakes.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>Makes GitHub destinations for tests.</summary>
internal static class GitHubBed
{
    public static GitHubDestination Create(
        FakeGitHub server, DestinationServices? services = null, TimeSpan? timeout = null, params (string Name, object Value)[] values) =>
        new(Settings(timeout, [("api_url", server.BaseUrl), ("token", new SecretText(server.Token + "\n")), .. values]), services ?? new());

    public static DestinationSettings Settings(TimeSpan? timeout, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["repository"] = FakeGitHub.Repository,
            ["token"] = new SecretText("token"),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new() { Name = "github", Type = "github", Priority = 75, Timeout = timeout, Values = all };
    }
}
