using NexusExport.Routing.Plugins;

namespace NexusExport.Tests.Routing.Plugins;

/// <summary>Stands in for PowerShell: a file "returns" what the test laid down for its name, a block is a function.</summary>
internal sealed class FakeScriptHost : IScriptPluginHost
{
    public Dictionary<string, Func<object?>> Files { get; } = new(StringComparer.Ordinal);

    public static ScriptCode Code(Func<object?, object?> run) => new(run);

    public static ScriptCode Throwing(Exception exception) => Code(_ => throw exception);

    public static Dictionary<string, object?> Members(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<object?> RunFile(string path) => [Files[Path.GetFileName(path)]()];

    public Task<IReadOnlyList<object?>> InvokeAsync(ScriptCode code, object? argument, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var value = ((Func<object?, object?>)code.Block)(argument);
        return Task.FromResult<IReadOnlyList<object?>>(value is null ? [] : [value]);
    }
}
