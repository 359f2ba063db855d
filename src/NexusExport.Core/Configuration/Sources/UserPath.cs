namespace NexusExport.Configuration.Sources;

/// <summary>Turns a path as people write it into an absolute one.</summary>
internal sealed class UserPath(HostEnvironment environment)
{
    /// <summary>Expands ~/ at the start, and takes a relative path from <paramref name="folder"/>. Touches no disk.</summary>
    public string Resolve(string path, string folder)
    {
        var isInHome = path is "~" || (path is ['~', var next, ..] && (next is '/' || next == Path.DirectorySeparatorChar));
        return isInHome ? Path.GetFullPath(Path.Join(Home(), path[1..])) : Path.GetFullPath(path, folder);
    }

    private string Home() =>
        Set("HOME")
        ?? Set("USERPROFILE")
        ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    private string? Set(string name) => environment.Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
