using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// A rule that refuses a commit: a branch's protection, a ruleset, a secret that was found. Its reason is GitHub's text; what helps depends on it.
/// </summary>
/// <param name="IsKnown">Whether it is known to be a rule; for an unknown reason it is only likely.</param>
/// <param name="ConcernsEveryRecord">Whether it is about the branch rather than this record.</param>
/// <param name="Advice">What to do.</param>
internal sealed record GitHubRule(bool IsKnown, bool ConcernsEveryRecord, string Advice)
{
    private const string Bypass = "let the token's account bypass the branch's rules";

    // In this order: a signature cannot be had by a pull request either, which such a branch asks for as well.
    private static readonly (string[] Reasons, bool ConcernsEveryRecord, string Advice)[] Rules =
    [
        (["secret detected", "contain secrets", "contains a secret", "contains secrets", "secret scanning", "secret_scanning", "push protection"], false,
            "GitHub has found what it takes for a secret in the record: take it out of the record, or allow it in the repository's security settings."),
        (["signature", "signed commit", "must be signed"], true,
            $"Have somebody {Bypass}, or set branch to one without this rule: a pull request cannot be merged without the signature either."),
        (["locked branch", "lock branch", "branch is locked", "read-only"], true, "Have the branch unlocked, or set branch to another one."),
        (["through a pull request", "review is required", "reviews are required", "approving review", "status check", "merge queue"], true, string.Empty),
        (["not authorized to push", "restrict who can push", "protected branch", "creations being restricted", "cannot create ref", "creation of this ref"], true,
            $"Have somebody {Bypass}."),
        (["file path", "file extension", "file size", "commit message", "committer email", "author email"], false,
            "Have the rule changed, or correct what it names: the record's file name, the destination's path or its commit_message."),
    ];

    private static readonly string[] Beginnings = ["Repository rule violations", "Could not create file:", "Could not update file:", "Could not delete file:"];

    /// <summary>Whether a reason begins as those of rules do.</summary>
    public static bool IsNamedBy(string reason) => Beginnings.Any(beginning => reason.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rule that an answer tells of.</summary>
    /// <param name="answer">A refusal.</param>
    /// <param name="proposes">Whether records are proposed by pull requests already.</param>
    public static GitHubRule From(HttpAnswer answer, bool proposes)
    {
        var reasons = GitHubRefusal.Reasons(answer);
        var found = Array.Find(Rules, rule => reasons.Any(reason => rule.Reasons.Any(part => reason.Contains(part, StringComparison.OrdinalIgnoreCase))));
        var isNamed = reasons.Any(IsNamedBy);
        if (HasSecret(answer))
        {
            found = Rules[0];
        }

        if (found.Reasons is null)
        {
            return new(isNamed, ConcernsEveryRecord: false, $"Ask somebody who may change the branch's rules what this one wants, or {Bypass}.");
        }

        var byPullRequest = proposes ? $"Have somebody {Bypass}: they hold for the branches of pull requests, too." : $"Set mode to pull_request, or {Bypass}.";
        return new(isNamed || found.ConcernsEveryRecord, found.ConcernsEveryRecord, found.Advice.Length > 0 ? found.Advice : byPullRequest);
    }

    /// <summary>The fault of a commit that it refused.</summary>
    public ExportFault Refuse(ExportFault fault) => new(ExportErrorCode.PermissionDenied, fault.Message)
    {
        RecommendedAction = Advice,
        ConcernsEveryRecord = ConcernsEveryRecord,
    };

    // {"message": …, "metadata": {"secret_scanning": {"bypass_placeholders": [...]}}}
    private static bool HasSecret(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            return JsonFields.Group(document.RootElement, "metadata") is { } metadata && JsonFields.Group(metadata, "secret_scanning") is not null;
        }
        catch (JsonException)
        {
            // Then it tells of none.
            return false;
        }
    }
}
