using System.Text;

namespace NexusExport.Host.Output;

/// <summary>
/// A stream of the program's that never throws: a full disk or a reader that has gone must not end an export. May be used by several threads.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="name">What it is called, at the beginning of a sentence.</param>
/// <param name="lost">Is told what could not be written.</param>
internal sealed class ReportWriter(TextWriter inner, string name, LostReports lost) : TextWriter
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override string NewLine => inner.NewLine;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine() => Try(inner.WriteLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        lock (_gate)
        {
            try
            {
                write();
            }
            catch (Exception exception)
            {
                // Whatever a stream or an encoding throws: there is no other place to tell it than the exit code.
                lost.Add(name, exception);
            }
        }
    }
}
