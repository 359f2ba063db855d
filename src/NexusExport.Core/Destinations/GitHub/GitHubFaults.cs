using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Where GitHub means something else by a status than HTTP does
/// (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
/// </summary>
internal sealed class GitHubFaults(GitHubQuota quota, SecretRedaction redaction)
{
    public const string SizeAdvice = "Send records of this size to another destination; GitHub takes no larger file.";
    private const string RulesAdvice = "Set mode to pull_request, or let the token's account bypass the branch's rules.";
    private const string AccessAdvice =
        "Give the token write access to the repository's contents (and pull requests for mode pull_request), "
        + "and authorize it for the organization if that uses single sign-on.";

    private const string NotFoundAdvice =
        "Check repository and branch in the destination's settings, and that the token may see the repository: "
        + "GitHub answers 404 for what a token may not see.";

    private const string ConflictAdvice = "Somebody else commits to the branch at the same time: run the export again; nothing was written.";
    private const string RenamedAdvice = "The repository was renamed or moved: set repository to its owner and name of today.";

    private static readonly string[] Rules =
    [
        "rule violation", "protected branch", "must be made through a pull request", "review is required", "reviews are required", "status check",
    ];

    private static readonly string[] TooLarge = ["too large", "too_large", "file size limit"];

    /// <summary>Corrects the general mapping, and adds the reasons that it does not know where to find.</summary>
    public ExportFault Refine(HttpAnswer answer, ExportFault fault)
    {
        var details = GitHubRefusal.Details(answer);
        return details.Length == 0
            ? Recode(answer, fault)
            : Recode(answer, fault with { Message = $"{fault.Message.TrimEnd('.')}: {redaction.Apply(details)}" });
    }

    /// <summary>Whether a file of this path is there and its sha was not sent along.</summary>
    public static bool NeedsSha(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "\"sha\" wasn't supplied");

    /// <summary>Whether the file or the branch is not as it was when it was read. Nothing was written.</summary>
    public static bool IsConflict(HttpAnswer answer) =>
        (answer.Status == HttpStatusCode.Conflict && !GitHubRefusal.Says(answer, Rules))
        || NeedsSha(answer)
        || (answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "does not match"));

    /// <summary>Whether what was to be made is there already (a branch, a pull request).</summary>
    public static bool AlreadyExists(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "already exists");

    /// <summary>Whether what was to be removed is not there.</summary>
    public static bool IsGone(HttpAnswer answer) =>
        answer.Status == HttpStatusCode.NotFound
        || (answer.Status == HttpStatusCode.UnprocessableEntity && GitHubRefusal.Says(answer, "reference does not exist"));

    private ExportFault Recode(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests when quota.PauseAfter(answer) is { } wait =>
            new(ExportErrorCode.RateLimited, fault.Message) { RetryAfter = wait },
        HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity when GitHubRefusal.Says(answer, TooLarge) =>
            new(ExportErrorCode.ContentTooLarge, fault.Message) { RecommendedAction = SizeAdvice },
        HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity when GitHubRefusal.Says(answer, Rules) =>
            new(ExportErrorCode.PermissionDenied, fault.Message) { RecommendedAction = RulesAdvice },
        HttpStatusCode.Forbidden => fault with { RecommendedAction = AccessAdvice },
        HttpStatusCode.NotFound => fault with { RecommendedAction = NotFoundAdvice },
        _ when IsConflict(answer) => fault with { Recoverable = true, RecommendedAction = ConflictAdvice },

        // The address of a repository's number is where GitHub sends those who use an old name.
        _ when answer.Location?.OriginalString.Contains("/repositories/", StringComparison.Ordinal) == true => fault with { RecommendedAction = RenamedAdvice },
        _ => fault,
    };
}
