using System.Management.Automation;
using NexusExport.PowerShell.Reporting;

namespace NexusExport.PowerShell;

/// <summary>What every cmdlet of ours has: a token that Ctrl+C cancels, one ladder of catches, and an end.</summary>
public abstract class CancellableCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Prepares the token.</summary>
    protected CancellableCmdlet() => StopToken = _stop.Token;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    protected CancellationToken StopToken { get; }

    /// <summary>What a terminating error is about.</summary>
    protected virtual object? ErrorTarget => MyInvocation.MyCommand?.Name;

    /// <summary>The file system location of the session, which is not the process's working directory.</summary>
    protected string WorkingDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came when the cmdlet had just ended: there is nothing left to stop.
        }
    }

    /// <summary>Ends what the cmdlet began. Nothing can be written any more.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>A file as Get-Item gives it: with the properties by which it is shown and piped on.</summary>
    private protected object Item(string path) =>
        InvokeProvider.Item.Get([path], force: true, literalPath: true).Cast<object>().FirstOrDefault() ?? new FileInfo(path);

    /// <summary>Called before an exception leaves the cmdlet, while it can still write.</summary>
    private protected virtual void BeforeFailing()
    {
    }

    /// <summary>PowerShell's question, with a target that is made visible: it may hold a record's title or a file's name.</summary>
    private protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(VisibleText.Line(target), VisibleText.Line(action));

    /// <summary>Runs one step of the cmdlet; what it throws becomes a terminating error, or passes if it is PowerShell's own.</summary>
    private protected void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ExportException ex)
        {
            Fail(ex);
        }
        catch (Exception ex) when (!IsOfPowerShell(ex))
        {
            WriteDebug(VisibleText.Lines(ex.ToString()));
            Fail(ErrorRecordFactory.Unexpected(ex));
        }
    }

    // Select-Object -First, break and -ErrorAction Stop travel as exceptions through whoever writes; they are none of our business.
    private static bool IsOfPowerShell(Exception exception) =>
        exception is RuntimeException || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    private void Fail(ExportException exception)
    {
        BeforeFailing();
        ThrowTerminatingError(ErrorRecordFactory.Create(exception, ErrorTarget));
    }
}
