using System.Globalization;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// The ids behind the names in the settings: asked for once a run, by whichever record needs them first. A setting that is all digits
/// is an id and asks nobody, unless it is to be checked.
/// </summary>
internal sealed class ElabFtwLookups
{
    private readonly SharedLookup<long?> _category;
    private readonly SharedLookup<long?> _status;
    private readonly string _destination;
    private readonly ElabFtwApi _api;
    private readonly bool _checkIds;

    /// <param name="destination">Name of the destination, for messages.</param>
    /// <param name="api">Whom to ask.</param>
    /// <param name="settings">Names and ids.</param>
    /// <param name="checkIds">Whether an id has to be one of the team's too.</param>
    public ElabFtwLookups(string destination, ElabFtwApi api, ElabFtwDestinationSettings settings, bool checkIds = false)
    {
        _destination = destination;
        _api = api;
        _checkIds = checkIds;
        _category = new(token => ResolveAsync("category", settings.Category, settings.Entity.Categories, token));
        _status = new(token => ResolveAsync("status", settings.Status, settings.Entity.Statuses, token));
    }

    /// <summary>Id of the category; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> CategoryAsync(CancellationToken cancellationToken) => _category.GetAsync(cancellationToken);

    /// <summary>Id of the status; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> StatusAsync(CancellationToken cancellationToken) => _status.GetAsync(cancellationToken);

    private async Task<long?> ResolveAsync(string setting, string? value, string list, CancellationToken cancellationToken)
    {
        var isId = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        if (value is null || (isId && !_checkIds))
        {
            return isId ? id : null;
        }

        var known = await _api.ListAsync($"teams/current/{list}", ElabFtwNamed.From, cancellationToken);
        var match = known.FirstOrDefault(item => (isId ? item.Id : item.Title) == value)
            ?? known.FirstOrDefault(item => !isId && item.Title.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExportException(NotFound(setting, value, known));
        return long.Parse(match.Id, CultureInfo.InvariantCulture);
    }

    private ExportFault NotFound(string setting, string value, IReadOnlyList<ElabFtwNamed> known)
    {
        var there = known.Count == 0 ? "it has none" : $"it has {string.Join(", ", known.Select(item => $"'{item.Title}'"))}";
        var message = $"'{_destination}' finds no {setting} '{value}' in the team of its API key; {there}.";
        return new(ExportErrorCode.ResourceNotFound, message)
        {
            RecommendedAction = $"Set {setting} to the name or id of one that the team has, or have a team admin make it.",
        };
    }
}
