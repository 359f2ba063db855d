using NexusExport.Configuration;

namespace NexusExport.Host;

/// <summary>The outside world as the program sees it, so that tests can make their own.</summary>
/// <param name="Out">Standard output: results, and nothing else where it is redirected.</param>
/// <param name="Error">Standard error: diagnostics, progress, and the summary where standard output is redirected.</param>
/// <param name="OutIsTerminal">Whether a person looks at <paramref name="Out"/>; only then may it carry ANSI sequences.</param>
/// <param name="ErrorIsTerminal">Whether a person looks at <paramref name="Error"/>.</param>
/// <param name="Environment">Working directory and environment variables.</param>
/// <param name="Time">The clock.</param>
internal sealed record HostContext(
    TextWriter Out,
    TextWriter Error,
    bool OutIsTerminal,
    bool ErrorIsTerminal,
    HostEnvironment Environment,
    TimeProvider Time)
{
    /// <summary>Whether colours are wanted (https://no-color.org: any non-empty NO_COLOR says no).</summary>
    public bool Colors => !Environment.Variables.TryGetValue("NO_COLOR", out var value) || value.Length == 0;

    /// <summary>The real world.</summary>
    public static HostContext FromProcess()
    {
        var environment = HostEnvironment.FromProcess();
        var dumb = environment.Variables.TryGetValue("TERM", out var term) && term == "dumb";
        return new(
            Writer(Console.IsOutputRedirected, Console.OpenStandardOutput, Console.Out),
            Writer(Console.IsErrorRedirected, Console.OpenStandardError, Console.Error),
            !Console.IsOutputRedirected && !dumb,
            !Console.IsErrorRedirected && !dumb,
            environment,
            TimeProvider.System);
    }

    // Redirected output is UTF-8 on every system (Windows would take the console's code page). The console's streams swallow a
    // broken pipe, so "| head" ends the output and not the export.
    private static TextWriter Writer(bool redirected, Func<Stream> open, TextWriter console) =>
        redirected ? TextWriter.Synchronized(new StreamWriter(open()) { AutoFlush = true, NewLine = "\n" }) : console;
}
