using System.Buffers;

namespace NexusExport.Records;

/// <summary>Tells content with nothing in it: white space, byte order marks, and the zeros that a power cut leaves in a file.</summary>
internal static class BlankContent
{
    private static readonly SearchValues<byte> BlankBytes = SearchValues.Create(
        [0, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]);

    public static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(BlankBytes) < 0;
}
