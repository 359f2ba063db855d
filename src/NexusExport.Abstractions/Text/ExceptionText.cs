namespace NexusExport;

/// <summary>What an exception says. Plugins bring exceptions of their own, which may have nothing to say, or throw when they are asked.</summary>
internal static class ExceptionText
{
    private const int MaxLength = 10_000;

    /// <summary>Its message, no longer than anybody reads; the name of its type where it has none. Never throws.</summary>
    public static string Of(Exception exception)
    {
        try
        {
            return exception.Message is { } message && !string.IsNullOrWhiteSpace(message)
                ? message.Length <= MaxLength ? message : message[..MaxLength] + "…"
                : exception.GetType().Name;
        }
        catch (Exception)
        {
            // Whatever it died of, there is nothing to be learned from it.
            return exception.GetType().Name;
        }
    }
}
