using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NexusExport.Host.Output;

/// <summary>
/// Values as one line of JSON. Names are snake_case because the log's columns, the configuration's keys and the error codes are;
/// enum values keep the names that the documentation uses (AlreadyExported); durations are seconds.
/// </summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Full = Options(JsonIgnoreCondition.Never);
    private static readonly JsonSerializerOptions WithoutNulls = Options(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>With every property, so that all lines of a kind have the same shape.</summary>
    public static string Of<T>(T value) => VisibleText.Line(JsonSerializer.Serialize(value, Full));

    /// <summary>Without the properties that are null.</summary>
    public static string Sparse<T>(T value) => VisibleText.Line(JsonSerializer.Serialize(value, WithoutNulls));

    private static JsonSerializerOptions Options(JsonIgnoreCondition ignore) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = ignore,
        // A plugin's figures may be anything that a computer can calculate.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // The lines go to files and programs, not into web pages; a session's "µm" stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new SecondsConverter() },
    };

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value.TotalSeconds, 6));
    }
}
