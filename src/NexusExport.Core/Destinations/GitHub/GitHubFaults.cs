using System.Net;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Where GitHub means something else by a status than HTTP does
/// (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
/// </summary>
internal sealed class GitHubFaults(GitHubQuota quota, SecretRedactor redaction, bool proposes)
{
    public const string SizeAdvice = "Send records of this size to another destination; GitHub takes no larger file.";
    private const string AccessAdvice =
        "Give the token write access to the repository's contents (and pull requests for mode pull_request), "
        + "and authorize it for the organization if that uses single sign-on.";

    private const string ArchivedAdvice = "Choose another repository, or have its owner take it out of the archive.";
    private const string LockedOutAdvice =
        "GitHub refuses everything for a while after several log-ins with a wrong token: set the right one, wait some minutes, then use Test-ExportDestination.";

    private const string NotFoundAdvice =
        "Check repository and branch in the destination's settings, and that the token may see the repository: "
        + "GitHub answers 404 for what a token may not see.";

    private const string ConflictAdvice = "Somebody else commits to the branch at the same time: run the export again; nothing was written.";
    private const string NotSeenAdvice = "GitHub does not see yet what was made a moment ago: run the export again; it goes on from there.";
    private const string RenamedAdvice = "The repository was renamed or moved: set repository to its owner and name of today.";

    private static readonly TimeSpan UntilSeen = TimeSpan.FromSeconds(3);

    private static readonly string[] TooLarge = ["too large", "too_large", "file size limit"];
    private static readonly string[] LockOuts = ["login attempts", "log in attempts"];

    // Of a branch that is not everywhere yet. A rule says so in the same answer.
    private static readonly string[] NotSeen = ["No commits between", "head invalid", "Reference update failed", "Object does not exist"];

    /// <summary>Corrects the general mapping, and adds the reasons that it does not know where to find.</summary>
    public ExportFault Refine(HttpAnswer answer, ExportFault fault)
    {
        var details = GitHubRefusal.Details(answer);
        return details.Length == 0
            ? Recode(answer, fault)
            : Recode(answer, fault with { Message = $"{fault.Message.TrimEnd('.')}: {ServerMessage.Cut(redaction.Redact(details))}" });
    }

    /// <summary>Whether a file of this path is there and its sha was not sent along.</summary>
    public static bool NeedsSha(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "\"sha\" wasn't supplied");

    /// <summary>
    /// Whether the file or the branch is not as it was when it was read. Nothing was written. Every other 409 is a rule's.
    /// </summary>
    public static bool IsConflict(HttpAnswer answer) => NeedsSha(answer)
        || (answer.Status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity && GitHubRefusal.Reasons(answer).Any(HasMoved));

    /// <summary>Whether what was to be made is there already (a branch, a pull request).</summary>
    public static bool AlreadyExists(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "already exists");

    /// <summary>Whether what was to be removed is not there.</summary>
    public static bool IsGone(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.NotFound
        || (answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "reference does not exist"));

    /// <summary>Whether there is no tree because there is no such branch, or no commit at all ("Git Repository is empty.").</summary>
    public static bool HasNoTree(HttpAnswer answer) => answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict;

    /// <summary>Whether a look at a branch is answered with the way to another one.</summary>
    public static bool IsAboutAnotherBranch(HttpAnswer answer, string branch) =>
        (int)answer.Status is >= 300 and < 400
        && answer.Location?.OriginalString.Split('?')[0] is { } target
        && target.Split("/branches/", 2) is [_, var other]
        && Uri.UnescapeDataString(other) != branch;

    /// <summary>The fault of a call that did not find what was made a moment ago.</summary>
    public static ExportFault NotSeenYet(ExportFault fault) => fault with
    {
        Recoverable = true,
        ConcernsEveryRecord = false,
        RetryAfter = UntilSeen,
        RecommendedAction = NotSeenAdvice,
    };

    private static bool HasMoved(string reason) =>
        (reason.Contains("is at ", StringComparison.Ordinal) && reason.Contains("but expected", StringComparison.Ordinal))
        || reason.Contains("expected to be at", StringComparison.Ordinal)
        || (reason.Contains("does not match", StringComparison.Ordinal) && !GitHubRule.IsNamedBy(reason));

    private ExportFault Recode(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests when quota.WaitAfter(answer) is { } wait => Limited(fault, wait),
        HttpStatusCode.Forbidden when GitHubRefusal.Says(answer, LockOuts) || quota.HasSeenRefusedLogins =>
            new(ExportErrorCode.AuthExpired, fault.Message) { RecommendedAction = LockedOutAdvice },
        HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity when GitHubRefusal.Says(answer, TooLarge) =>
            new(ExportErrorCode.ContentTooLarge, fault.Message) { RecommendedAction = SizeAdvice },
        _ when IsConflict(answer) => fault with { Recoverable = true, RecommendedAction = ConflictAdvice },
        HttpStatusCode.Conflict => GitHubRule.From(answer, proposes).Refuse(fault),
        HttpStatusCode.UnprocessableEntity when GitHubRule.From(answer, proposes) is { IsKnown: true } rule => rule.Refuse(fault),
        HttpStatusCode.UnprocessableEntity when GitHubRefusal.Says(answer, NotSeen) => NotSeenYet(fault),
        HttpStatusCode.Forbidden => Denied(answer, fault),

        // A proxy's 404 says nothing of the place.
        HttpStatusCode.NotFound => fault with { RecommendedAction = NotFoundAdvice, ConcernsEveryRecord = ServerMessage.IsFromApplication(answer) },

        // The address of a repository's number is where GitHub sends those who use an old name.
        _ when answer.Location?.OriginalString.Contains("/repositories/", StringComparison.Ordinal) == true =>
            fault with { RecommendedAction = RenamedAdvice, ConcernsEveryRecord = true },
        _ => fault,
    };

    private ExportFault Limited(ExportFault fault, TimeSpan wait) => new(ExportErrorCode.RateLimited, fault.Message)
    {
        RetryAfter = wait,
        ConcernsEveryRecord = quota.HasGivenUp,
    };

    private static ExportFault Denied(HttpAnswer answer, ExportFault fault)
    {
        // For a fine-grained token GitHub names what it lacks.
        var needs = answer.Headers?.TryGetValues("x-accepted-github-permissions", out var values) == true ? string.Join(", ", values) : string.Empty;
        return fault with
        {
            Message = needs.Length == 0 ? fault.Message : $"{fault.Message.TrimEnd('.')} (it takes the permission {ServerMessage.Tidy(needs)}).",
            RecommendedAction = GitHubRefusal.Says(answer, "archived") ? ArchivedAdvice : AccessAdvice,

            // What stands between GitHub and us, a firewall that dislikes the content perhaps, does not speak like it.
            ConcernsEveryRecord = ServerMessage.IsFromApplication(answer),
        };
    }
}
