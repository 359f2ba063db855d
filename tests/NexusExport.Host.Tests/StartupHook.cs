#pragma warning disable MA0047 // The runtime looks for a type of this name in no namespace.

/// <summary>
/// Run by the runtime in the program's process before the program itself (DOTNET_STARTUP_HOOKS), which finds it by this name outside of any
/// namespace. Writes down at the end which assemblies were loaded.
/// </summary>
internal static class StartupHook
{
    /// <summary>Names the file to write to.</summary>
    public const string Variable = "LOADED_ASSEMBLIES_FILE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } path)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllLines(path, AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!));
        }
    }
}
