using System.Globalization;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>The ids behind the names in the settings: asked for once a run, by whichever record needs them first. A setting that is an id asks nobody.</summary>
internal sealed class ElabFtwLookups
{
    private readonly SharedLookup<long?> _category;
    private readonly SharedLookup<long?> _status;

    public ElabFtwLookups(string destination, ElabFtwApi api, ElabFtwDestinationSettings settings)
    {
        _category = new(token => ResolveAsync(destination, api, "category", settings.Category, settings.Entity.Categories, checkIds: false, token));
        _status = new(token => ResolveAsync(destination, api, "status", settings.Status, settings.Entity.Statuses, checkIds: false, token));
    }

    /// <summary>Id of the category; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> CategoryAsync(CancellationToken cancellationToken) => _category.GetAsync(cancellationToken);

    /// <summary>Id of the status; null for none. Throws RESOURCE_NOT_FOUND.</summary>
    public Task<long?> StatusAsync(CancellationToken cancellationToken) => _status.GetAsync(cancellationToken);

    /// <summary>The id that a setting means.</summary>
    /// <param name="destination">Name of the destination, for messages.</param>
    /// <param name="api">Whom to ask.</param>
    /// <param name="setting">Name of the setting, for messages.</param>
    /// <param name="value">Its value: an id if it is all digits, else a name; null for none.</param>
    /// <param name="list">Where the team's names are listed.</param>
    /// <param name="checkIds">Whether an id has to be in the list too.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<long?> ResolveAsync(
        string destination,
        ElabFtwApi api,
        string setting,
        string? value,
        string list,
        bool checkIds,
        CancellationToken cancellationToken)
    {
        var isId = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        if (value is null || (isId && !checkIds))
        {
            return isId ? id : null;
        }

        var known = await api.ListAsync($"teams/current/{list}", ElabFtwNamed.From, cancellationToken);
        var match = known.FirstOrDefault(item => (isId ? item.Id : item.Title) == value)
            ?? known.FirstOrDefault(item => !isId && item.Title.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExportException(NotFound(destination, setting, value, known));
        return long.Parse(match.Id, CultureInfo.InvariantCulture);
    }

    private static ExportFault NotFound(string destination, string setting, string value, IReadOnlyList<ElabFtwNamed> known)
    {
        var there = known.Count == 0 ? "it has none" : $"it has {string.Join(", ", known.Select(item => $"'{item.Title}'"))}";
        return new(ExportErrorCode.ResourceNotFound, $"'{destination}' finds no {setting} '{value}' in the team of its API key; {there}.")
        {
            RecommendedAction = $"Set {setting} to the name or id of one that the team has, or have a team admin make it.",
        };
    }
}
