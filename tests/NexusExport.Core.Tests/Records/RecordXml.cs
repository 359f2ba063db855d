namespace NexusExport.Tests.Records;

/// <summary>Writes record XML for tests.</summary>
internal static class RecordXml
{
    public const string Namespace = "https://data.nist.gov/od/dm/nexus/experiment/v1.0";

    public const string Summary =
        """
        <summary ref="http://nemo.localhost/event_details/reservation/31/"><experimenter>Ned Land (ned)</experimenter><collaborator>Conseil</collaborator><instrument pid="Nautilus-SEM">Nautilus SEM</instrument><reservationStart>2026-01-12T09:00:00+01:00</reservationStart><reservationEnd>2026-01-12T11:30:00+01:00</reservationEnd><motivation>Looking at μm-sized things</motivation></summary>
        """;

    public const string Minimal = $"<Experiment xmlns=\"{Namespace}\"><title>A title</title><id>31</id>{Summary}</Experiment>";

    public static string WithTitle(string title) => $"<Experiment xmlns=\"{Namespace}\"><title>{title}</title>{Summary}</Experiment>";
}
