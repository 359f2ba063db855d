using System.Text;
using NexusExport.Configuration;
using NexusExport.Host.Output;

namespace NexusExport.Host.Lifetime;

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
    /// <summary>What could not be told.</summary>
    public LostReports Lost { get; } = new();

    /// <summary>Whether colours are wanted (https://no-color.org: any non-empty NO_COLOR says no).</summary>
    public bool Colors => !Environment.Variables.TryGetValue("NO_COLOR", out var value) || value.Length == 0;

    /// <summary>The real world.</summary>
    public static HostContext FromProcess()
    {
        var environment = HostEnvironment.FromProcess();
        var dumb = environment.Variables.TryGetValue("TERM", out var term) && term == "dumb";
        return new(
            Console.IsOutputRedirected ? Redirected(StandardStream.Output, Console.OpenStandardOutput) : Console.Out,
            Console.IsErrorRedirected ? Redirected(StandardStream.Error, Console.OpenStandardError) : Console.Error,
            !Console.IsOutputRedirected && !dumb,
            !Console.IsErrorRedirected && !dumb,
            environment,
            TimeProvider.System);
    }

    // Redirected output is UTF-8 on every system (Windows would take the console's code page), and what cannot be encoded is replaced.
    private static StreamWriter Redirected(int descriptor, Func<Stream> open) =>
        new(OperatingSystem.IsWindows() ? open() : new StandardStream(descriptor), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };
}
