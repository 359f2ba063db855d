namespace NexusExport.Store.Sqlite;

/// <summary>
/// The rows of export_jobs: who may send what. Whatever writes runs within a write transaction, so two processes cannot both be told
/// yes.
/// </summary>
internal sealed class JobJournal(GroupCommitWriter writer, DestinationHistoryRows history, RunLock run, TimeProvider time) : IJobJournal
{
    private const string SelectJobs =
        $"SELECT {JobRow.ColumnList} FROM export_jobs " +
        "WHERE session_id = @session AND destination_id = @destination AND content_hash = @hash ORDER BY forced, created_at DESC";

    private const string InsertJob =
        """
        INSERT INTO export_jobs (id, user_id, session_id, template_id, destination_id, filename, status, content_hash, token_count,
          output_location, created_at, started_at, completed_at, batch_id, record_id, record_url, owner, forced, updated_at, begun, ended)
        VALUES (@id, @user, @session, @template, @destination, @file, @status, @hash, @tokens,
          @location, @now, @now, @completed, @batch, @recordId, @recordUrl, @owner, @forced, @now, @turn, @turn)
        """;

    private const string RestartJob =
        """
        UPDATE export_jobs SET status = 'running', user_id = @user, template_id = @template, filename = @file, token_count = @tokens,
          started_at = @now, completed_at = NULL, error_code = NULL, error_message = NULL, batch_id = @batch, owner = @owner,
          attempts = MAX(attempts, @attempts), updated_at = @now, begun = @turn, ended = @turn,
          record_id = CASE WHEN @forget THEN NULL ELSE record_id END,
          record_url = CASE WHEN @forget THEN NULL ELSE record_url END,
          output_location = CASE WHEN @forget THEN NULL ELSE output_location END,
          receipt_json = CASE WHEN @forget THEN NULL ELSE receipt_json END
        WHERE id = @id
        """;

    private const string UpdateProgress =
        """
        UPDATE export_jobs SET record_id = @recordId, record_url = @recordUrl, output_location = @location, receipt_json = @json,
          updated_at = @now
        WHERE id = @id
        """;

    private string Now => LogTime.ToUtcText(time.GetUtcNow());

    /// <inheritdoc/>
    public Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(sql => Claim(sql, request), cancellationToken);

    /// <inheritdoc/>
    public Task ReportProgressAsync(string jobId, DestinationReceipt receipt, CancellationToken cancellationToken) =>
        writer.WriteAsync(sql => ReportProgress(sql, jobId, receipt), cancellationToken);

    /// <inheritdoc/>
    public DestinationHistory GetHistory(string destinationName) => history.Read(destinationName);

    /// <summary>Answers a claim, and writes the job down as running where the answer is yes.</summary>
    private JobClaim Claim(SqlStatements sql, JobRequest request)
    {
        if (request.Force)
        {
            return new JobClaim(JobClaimKind.Granted, Insert(sql, request, JobStatus.Running), null);
        }

        var jobs = sql.Query(
            SelectJobs,
            JobRow.Read,
            ("@session", request.SessionIdentifier),
            ("@destination", request.DestinationName),
            ("@hash", request.ContentHash));
        var completed = jobs.FindAll(job => job.Status == JobStatus.Completed);
        if (completed.Find(job => !request.CanBeReplaced || !Supersession.ByTurns.IsReplaced(sql, job.Id)) is { } done)
        {
            return new JobClaim(JobClaimKind.AlreadyExported, done.Id, done.Receipt);
        }

        if (jobs.Find(job => job.Status == JobStatus.Running && run.IsAlive(job.Owner)) is { } running)
        {
            return new JobClaim(JobClaimKind.Busy, running.Id, null);
        }

        if (completed.Count > 0)
        {
            // It was there, until another content took its place. What it left there once is nothing to go on from.
            return TakeOver(sql, request, completed[0], forget: true);
        }

        // A forced job that did not end well tells just as much as the unforced one.
        return jobs.Find(job => job.Status == JobStatus.Running || job.Attempts > 0) is { } earlier
            ? TakeOver(sql, request, earlier, forget: earlier.Status == JobStatus.RolledBack)
            : Begin(sql, request, jobs.Count > 0 ? jobs[0] : null);
    }

    private void ReportProgress(SqlStatements sql, string jobId, DestinationReceipt receipt)
    {
        var columns = ReceiptColumns.From(receipt);
        sql.Execute(
            UpdateProgress,
            ("@id", jobId),
            ("@recordId", columns.RecordId),
            ("@recordUrl", columns.RecordUrl),
            ("@location", columns.OutputLocation),
            ("@json", columns.Json),
            ("@now", Now));
    }

    // An attempt was made and may have arrived. It counts as one from now on: if this run ends before it has looked, the next
    // must look. What is no longer there is forgotten in the row too: whoever takes over from this run must not go on from it either.
    private JobClaim TakeOver(SqlStatements sql, JobRequest request, JobRow earlier, bool forget)
    {
        Restart(sql, request, earlier.Id, attempts: 1, forget);
        return new JobClaim(JobClaimKind.GrantedFindFirst, earlier.Id, forget ? null : earlier.Receipt);
    }

    // No attempt of ours was ever made; another program's may have been.
    private JobClaim Begin(SqlStatements sql, JobRequest request, JobRow? untried)
    {
        var success = LoggedSuccess.Find(sql, LogQuestion.Of(request), time.LocalTimeZone);
        if (success is { IsThisContent: true })
        {
            if (untried is not null)
            {
                sql.Execute("DELETE FROM export_jobs WHERE id = @id", ("@id", untried.Id));
            }

            var known = Insert(sql, request, JobStatus.Completed, success);
            return new JobClaim(JobClaimKind.AlreadyExported, known, success.Receipt);
        }

        var id = untried?.Id;
        if (id is null)
        {
            id = Insert(sql, request, JobStatus.Running);
        }
        else
        {
            Restart(sql, request, id, attempts: 0, forget: false);
        }

        var kind = success is not null || request.ExportedBefore ? JobClaimKind.GrantedFindFirst : JobClaimKind.Granted;
        return new JobClaim(kind, id, null);
    }

    private string Insert(SqlStatements sql, JobRequest request, string status, LoggedSuccess? success = null)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        sql.Execute(
            InsertJob,
            ("@id", id),
            ("@user", request.UserId),
            ("@session", request.SessionIdentifier),
            ("@template", request.TemplateId),
            ("@destination", request.DestinationName),
            ("@file", request.FileName),
            ("@status", status),
            ("@hash", request.ContentHash),
            ("@tokens", request.TokenCount),
            ("@location", success?.Receipt.RecordUrl ?? success?.Receipt.RecordId),
            ("@completed", success is null ? null : LogTime.ToUtcText(success.Timestamp ?? time.GetUtcNow())),
            ("@batch", request.BatchId),
            ("@recordId", success?.Receipt.RecordId),
            ("@recordUrl", success?.Receipt.RecordUrl),
            ("@owner", success is null ? run.Owner : null),
            ("@forced", request.Force),
            ("@now", Now),
            ("@turn", JobTurn.Next(sql)));
        return id;
    }

    private void Restart(SqlStatements sql, JobRequest request, string id, int attempts, bool forget) => sql.Execute(
        RestartJob,
        ("@id", id),
        ("@user", request.UserId),
        ("@template", request.TemplateId),
        ("@file", request.FileName),
        ("@tokens", request.TokenCount),
        ("@batch", request.BatchId),
        ("@owner", run.Owner),
        ("@attempts", attempts),
        ("@forget", forget),
        ("@now", Now),
        ("@turn", JobTurn.Next(sql)));
}
