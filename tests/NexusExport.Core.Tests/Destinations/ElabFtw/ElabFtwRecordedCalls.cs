using NexusExport.Destinations.ElabFtw;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>Our calls, answered with what a real eLabFTW answered to the like.</summary>
internal static class ElabFtwRecordedCalls
{
    private const string Root = "/api/v2/";

    /// <summary>
    /// Makes the call of ours that reads such an answer and gives what it read. Requests of a kind that we do not make (a PATCH of a title, a
    /// link, another method) are read by the nearest that we do make.
    /// </summary>
    public static async Task<object?> ReadAsync(RecordedExchange exchange)
    {
        using var api = Api(exchange);
        var path = exchange.Request.Path.Split('?')[0].TrimEnd('/');
        var segments = (path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : string.Empty).Split('/');
        return (exchange.Request.Method, segments) switch
        {
            ("GET", ["apikeys"]) or ("GET", ["teams", _, not "tags"]) or ("GET", ["teams", _, "tags"]) =>
                await api.ListAsync("list", ElabFtwNamed.From, default),
            ("GET", ["teams", _]) => await api.GetAsync("teams/current", team => ElabFtwTeam.From(team, ElabFtwEntityKind.Experiments), default),
            ("GET", ["users", _]) => await api.GetAsync("users/me", ElabFtwAccount.From, default),
            ("GET", [_, _, "uploads"]) => await api.ListUploadsAsync("1", default),
            ("GET", [_, _, "uploads", _]) when exchange.Request.Path.Contains("format=binary", StringComparison.Ordinal) =>
                await api.DownloadAsync("1", "2", default),
            ("GET", [_, _, "uploads", _]) => await api.ReadUploadAsync("1", "2", default),
            ("GET", [_, _, "tags"]) => await api.ListAsync("tags", ElabFtwNamed.From, default),
            ("GET" or "HEAD", ["experiments" or "items", _, ..]) => await api.ReadAsync("1", default),
            ("GET", ["experiments" or "items"]) => await api.SearchAsync("Session ID", "https://nemo.example/api/usage_events/?id=31", default),
            ("GET", _) => await api.GetAsync("info", info => info.GetRawText(), default),
            ("POST", ["experiments" or "items"]) or ("PUT" or "OPTIONS", _) => await api.CreateAsync("{}"u8.ToArray(), default),
            ("POST", [_, _, "uploads", ..]) => await api.UploadAsync("1", "r.xml", TestExports.Context().Document.Content, default),
            ("POST", [_, _, "tags"]) => await AddTagAsync(api),
            ("POST", _) => await api.CreateAsync("{}"u8.ToArray(), default),
            ("PATCH", [_, _, "uploads", _]) => await api.ReadUploadAsync("1", "2", default),
            ("PATCH", ["teams", _]) => await api.GetAsync("teams/current", team => ElabFtwTeam.From(team, ElabFtwEntityKind.Experiments), default),
            ("PATCH", _) => await api.SetDateAsync("1", "2026-01-12", default),
            ("DELETE", _) => await DeleteAsync(api),
            var (method, _) => throw new InvalidOperationException($"{exchange.Label}: nothing of ours reads the answer to {method} {path}."),
        };
    }

    private static ElabFtwApi Api(RecordedExchange exchange)
    {
        var settings = new ElabFtwDestinationSettings { Url = "https://server.example", ApiKey = new SecretText("1-abc") };
        var services = new DestinationServices { HttpHandlerFactory = () => new ReplayHandler(_ => exchange.Response) };
        return new(new() { Name = "elabftw", Type = "elabftw", Priority = 85 }, services, settings);
    }

    private static async Task<object?> AddTagAsync(ElabFtwApi api)
    {
        await api.AddTagAsync("1", "tag", default);
        return null;
    }

    private static async Task<object?> DeleteAsync(ElabFtwApi api)
    {
        await api.DeleteAsync("1", default);
        return null;
    }
}
