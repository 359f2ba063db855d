using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace NexusExport.Store;

/// <summary>
/// Chooses the native SQLite library once for the process (or load context): the operating system's where it is newer than the
/// bundled one, which is of 2021 and gets no more fixes.
/// </summary>
internal static class NativeSqlite
{
    private const string BundledName = "e_sqlite3";

    private static readonly Lazy<string> Version = new(Initialize, LazyThreadSafetyMode.ExecutionAndPublication);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibraryVersionNumber();

    /// <summary>Loads the library if that has not happened yet, and gives its version, for example 3.40.1.</summary>
    public static string EnsureLoaded() => Version.Value;

    /// <summary>
    /// Whether the system's library (0 where there is none) is to be preferred; versions are SQLite's numbers, for example
    /// 3040001.
    /// </summary>
    internal static bool PrefersSystem(int systemVersion, int bundledVersion) => systemVersion > bundledVersion;

    private static string Initialize()
    {
        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        var system = LoadSystemLibrary();
        if (PrefersSystem(VersionOf(system), BundledVersion(provider)))
        {
            NativeLibrary.SetDllImportResolver(provider, (name, _, _) => name == BundledName ? system : IntPtr.Zero);
        }
        else if (system != IntPtr.Zero)
        {
            NativeLibrary.Free(system);
        }

        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static IntPtr LoadSystemLibrary()
    {
        // On 32-bit Windows winsqlite3 has another calling convention than the provider expects.
        var name = OperatingSystem.IsLinux() ? "libsqlite3.so.0"
            : OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib"
            : OperatingSystem.IsWindows() && Environment.Is64BitProcess ? "winsqlite3.dll"
            : null;
        return name is not null && NativeLibrary.TryLoad(name, typeof(NativeSqlite).Assembly, DllImportSearchPath.System32, out var handle)
            ? handle
            : IntPtr.Zero;
    }

    private static int BundledVersion(Assembly provider)
    {
        if (!NativeLibrary.TryLoad(BundledName, provider, searchPath: null, out var handle))
        {
            return 0;
        }

        var version = VersionOf(handle);
        NativeLibrary.Free(handle);
        return version;
    }

    private static int VersionOf(IntPtr library) =>
        library != IntPtr.Zero && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? Marshal.GetDelegateForFunctionPointer<LibraryVersionNumber>(function)()
            : 0;
}
