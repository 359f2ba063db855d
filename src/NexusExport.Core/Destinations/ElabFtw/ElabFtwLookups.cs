using System.Globalization;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// The ids behind the category and the status of the settings: asked for once a run, by whichever record needs them first. Digits are an id
/// and looked up all the same, for the server stores a category that it does not have without a word.
/// </summary>
internal sealed class ElabFtwLookups
{
    private const int MostNamed = 20;

    private readonly SharedLookup<long?> _category;
    private readonly SharedLookup<long?> _status;
    private readonly string _destination;
    private readonly ElabFtwApi _api;

    /// <param name="destination">Name of the destination, for messages.</param>
    /// <param name="api">Whom to ask.</param>
    /// <param name="settings">Names and ids.</param>
    public ElabFtwLookups(string destination, ElabFtwApi api, ElabFtwDestinationSettings settings)
    {
        _destination = destination;
        _api = api;
        _category = new(token => ResolveAsync("category", settings.Category, settings.Entity.Categories, token));
        _status = new(token => ResolveAsync("status", settings.Status, settings.Entity.Statuses, token));
    }

    /// <summary>Id of the category; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> CategoryAsync(CancellationToken cancellationToken) => _category.GetAsync(cancellationToken);

    /// <summary>Id of the status; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> StatusAsync(CancellationToken cancellationToken) => _status.GetAsync(cancellationToken);

    private async Task<long?> ResolveAsync(string setting, string? value, string list, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            return null;
        }

        var isId = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        IReadOnlyList<ElabFtwNamed> known;
        try
        {
            known = [.. (await _api.ListAsync($"teams/current/{list}", ElabFtwNamed.From, cancellationToken)).OfType<ElabFtwNamed>()];
        }
        catch (ExportException ex) when (isId && ex.Fault.Code is ExportErrorCode.RequestRejected or ExportErrorCode.ResourceNotFound)
        {
            // Versions that list them elsewhere take ids all the same.
            return id;
        }

        return isId && known.Any(item => item.Id == value)
            ? id
            : Named(value, isId, known) ?? throw new ExportException(NotFound(setting, value, known));
    }

    // To the letter before any other spelling, and the team's own before those that other teams share.
    private static long? Named(string value, bool isId, IReadOnlyList<ElabFtwNamed> known) =>
        isId ? null : known.OrderByDescending(item => item.IsOwn)
            .Where(item => item.Title.Trim().Equals(value, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(item => item.Title.Trim() == value)
            .Select(item => (long?)long.Parse(item.Id, CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private ExportFault NotFound(string setting, string value, IReadOnlyList<ElabFtwNamed> known)
    {
        var names = string.Join(", ", known.Take(MostNamed).Select(item => $"'{item.Title}'"));
        var there = known.Count == 0 ? "it has none" : known.Count > MostNamed ? $"it has {names} and others" : $"it has {names}";
        return new(ExportErrorCode.ResourceNotFound, $"'{_destination}' finds no {setting} '{value}' in the team of its API key; {there}.")
        {
            RecommendedAction = $"Set {setting} to the name or id of one that the team has, or have a team admin make it.",
            ConcernsEveryRecord = true,
        };
    }
}
