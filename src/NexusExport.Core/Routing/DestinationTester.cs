using NexusExport.Security;

namespace NexusExport.Routing;

/// <summary>Tests a destination and makes a result of whatever happens.</summary>
internal sealed class DestinationTester(SecretRedactor redactor, TimeProvider time, TimeSpan limit)
{
    /// <summary>Never throws but for the caller's cancellation; takes no longer than twice the time-out of one call.</summary>
    public async Task<DestinationTestResult> TestAsync(IExportDestination destination, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit * 2, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var started = time.GetTimestamp();
        try
        {
            var report = await destination.TestConnectionAsync(stop.Token);
            return Result(success: true, report.Message) with { Permissions = report.Permissions, ServerVersion = report.ServerVersion };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            return Failure(new(ExportErrorCode.Timeout, $"{destination.Name} did not answer within {limit.TotalSeconds * 2:0} s."));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // "Unreachable" is what a test is there to find out.
            return Failure(ExceptionTranslator.ToFault(destination.Name, exception, isWrite: false));
        }

        DestinationTestResult Failure(ExportFault fault) =>
            Result(success: false, redactor.Redact(fault.Message)) with { ErrorCode = fault.Code, RecommendedAction = fault.RecommendedAction };

        DestinationTestResult Result(bool success, string message) => new()
        {
            DestinationName = destination.Name,
            Type = destination.Type,
            Success = success,
            Latency = time.GetElapsedTime(started),
            Message = message,
        };
    }
}
