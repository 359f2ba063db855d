namespace NexusExport.Destinations.ElabFtw;

/// <summary>A kind of entry that eLabFTW keeps, with the names that go with it there.</summary>
/// <param name="Path">Its name in the API.</param>
/// <param name="Page">The page that shows one.</param>
/// <param name="Categories">Where a team's categories for it are listed.</param>
/// <param name="Statuses">Where a team's statuses for it are listed.</param>
/// <param name="TemplateRule">The team's setting that demands a template for it.</param>
/// <param name="CreationRule">The team's setting that lets members make one.</param>
internal sealed record ElabFtwEntityKind(string Path, string Page, string Categories, string Statuses, string TemplateRule, string CreationRule)
{
    public static ElabFtwEntityKind Experiments { get; } =
        new("experiments", "experiments.php", "experiments_categories", "experiments_status", "force_exp_tpl", "users_canwrite_experiments");

    public static ElabFtwEntityKind Items { get; } =
        new("items", "database.php", "resources_categories", "items_status", "force_res_tpl", "users_canwrite_resources");

    /// <summary>The kind of this name; experiments unless items are asked for.</summary>
    public static ElabFtwEntityKind Of(string? name) =>
        string.Equals(name, Items.Path, StringComparison.OrdinalIgnoreCase) ? Items : Experiments;
}
