using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Checks;

/// <summary>The third step of a configuration: the destinations with their values, checked each by itself and all together.</summary>
/// <param name="Drafts">What they were made of.</param>
/// <param name="All">All of them. What only one lacks is in its <see cref="DestinationSettings.Faults"/>.</param>
/// <param name="Findings">What came to light so far; no error.</param>
internal sealed record CheckedDestinations(DestinationDrafts Drafts, IReadOnlyList<DestinationSettings> All, ConfigurationFindings Findings)
{
    /// <summary>Throws CONFIGURATION_INVALID with every error of the whole configuration on a line of its own, file:line:column first.</summary>
    public static CheckedDestinations Check(DestinationDrafts gathered)
    {
        var sources = gathered.Sources;
        var findings = gathered.Findings.Copy();
        var drafts = gathered.All.Select(draft => draft with { }).ToList();
        new UnusedVariables(sources.Variables, findings).Tell(drafts, sources.Types);
        DependencyCheck.Check(drafts, isComplete: sources.Registered.Fault is null, findings);
        findings.Values.AddRange(sources.Values.Show());
        findings.Values.Add(new ExportSetting("tls.cert_bundle", sources.CertBundle is null ? null : "PEM text", (sources.CertBundle?.Origin ?? sources.Fallback).Source));
        var builder = new DestinationBuilder(sources, gathered.TypeLimits, findings);
        var destinations = RecordFolders.Check(sources.Values, drafts.Select(draft => (draft, builder.Build(draft))), findings);
        findings.ThrowIfInvalid();
        return new(gathered, destinations, findings);
    }
}
