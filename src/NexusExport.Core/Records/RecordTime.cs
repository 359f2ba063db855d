using System.Xml;

namespace NexusExport.Records;

/// <summary>Times as records write them.</summary>
internal static class RecordTime
{
    /// <summary>An xs:dateTime; one without a zone is in <paramref name="zone"/>. Null where the text is none: a record is not lost for a bad date.</summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var naive = XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind);
            return naive.Kind == DateTimeKind.Unspecified ? InZone(naive, zone) : XmlConvert.ToDateTimeOffset(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The first moment of a day in <paramref name="zone"/>.</summary>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone) => InZone(date.ToDateTime(TimeOnly.MinValue), zone);

    private static DateTimeOffset InZone(DateTime naive, TimeZoneInfo zone) => new(naive, zone.GetUtcOffset(naive));
}
