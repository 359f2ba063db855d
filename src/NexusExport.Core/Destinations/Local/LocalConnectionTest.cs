using System.Globalization;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Local;

/// <summary>Finds out whether a folder can be written to, and leaves it as it was.</summary>
internal static class LocalConnectionTest
{
    private const double Gibibyte = 1024d * 1024 * 1024;

    /// <summary>Writes and removes a file in the folder, or in the nearest one above it that exists. Throws what the file system throws.</summary>
    public static async Task<ConnectionReport> TestAsync(string folder, CancellationToken cancellationToken)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                throw new IOException($"{existing} is a file, not a folder.");
            }

            existing = Path.GetDirectoryName(existing) ?? throw new DirectoryNotFoundException($"No folder above {folder} exists.");
        }

        using (await PendingFile.WriteAsync(existing, "test"u8.ToArray(), cancellationToken))
        {
            // Written, and removed on the way out: that was the test.
        }

        var space = FreeSpace(existing) is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {bytes / Gibibyte:0.0} GiB free")
            : string.Empty;
        var message = existing == folder
            ? $"The folder {folder} can be written to{space}."
            : $"The folder {folder} does not exist yet and will be made with the first record; {existing} can be written to{space}.";
        return new(message, ["read", "write", "delete"]);
    }

    private static long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network share without a drive does not tell; the test itself has succeeded.
            return null;
        }
    }
}
