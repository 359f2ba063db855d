namespace NexusExport.Destinations.LabArchives;

/// <summary>One call of the API before it is signed.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="ApiClass">Class of the method, for example tree_tools.</param>
/// <param name="ApiMethod">Bare name of the method, which is what is signed.</param>
/// <param name="Parameters">Query parameters beyond those that every call has.</param>
internal sealed record LabArchivesRequest(HttpMethod Method, string ApiClass, string ApiMethod, params IReadOnlyList<(string Name, string Value)> Parameters)
{
    /// <summary>Makes the body, anew for every time that the call is sent; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the notebook changes. Some methods that do are GETs.</summary>
    public bool IsWrite { get; init; } = Method != HttpMethod.Get;

    /// <summary>For a write that would make a second thing if it went twice: how long it may still arrive after nobody answered it.</summary>
    public TimeSpan? SettleTime { get; init; }

    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;
}
