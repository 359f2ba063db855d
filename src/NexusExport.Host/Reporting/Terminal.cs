using NexusExport.Host.Lifetime;
using Spectre.Console;

namespace NexusExport.Host.Reporting;

/// <summary>Makes Spectre's consoles over the program's own streams.</summary>
internal static class Terminal
{
    /// <summary>A console on standard output, which must be a terminal.</summary>
    public static IAnsiConsole Out(HostContext context) => Create(context.Out, context.Colors);

    /// <summary>A console on standard error, which must be a terminal.</summary>
    public static IAnsiConsole Error(HostContext context) => Create(context.Error, context.Colors);

    private static IAnsiConsole Create(TextWriter writer, bool colors) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = AnsiSupport.Yes,
        ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        // Nothing is asked of the user; to Spectre this means that a live progress bar may be drawn.
        Interactive = InteractionSupport.Yes,
    });
}
