using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NexusExport.Destinations.ElabFtw;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>
/// Every field of every kind of answer, in turn absent, null, of each other type and no text at all: only the number that something is asked for
/// by is needed.
/// </summary>
public sealed class ElabFtwReaderTests
{
    private static readonly Func<JsonElement, object?>[] Readers =
    [
        ElabFtwEntry.From,
        ElabFtwUpload.From,
        ElabFtwUpload.FromNormal,
        ElabFtwAccountUpload.From,
        ElabFtwNamed.From,
        ElabFtwAccount.From,
        item => ElabFtwTeam.From(item, ElabFtwEntityKind.Experiments),
        item => ElabFtwJson.Flag(item, "can_write"),
    ];

    [Theory]
    [RequiresShared(Recording.ElabFtwPath)]
    [InlineData("experiments.get.full")]
    [InlineData("experiments.find.q-extrafield")]
    [InlineData("experiments.list")]
    [InlineData("items.get")]
    [InlineData("uploads.get")]
    [InlineData("uploads.list")]
    [InlineData("teams.current")]
    [InlineData("users.me")]
    [InlineData("apikeys.list")]
    [InlineData("status.experiments")]
    [InlineData("categories.experiments")]
    [InlineData("info")]
    public void Read_WithAnyFieldButTheIdWrong_DoesNotFail(string label)
    {
        var root = JsonNode.Parse(Recording.ElabFtw[label].Response.Body)!;
        var item = (root is JsonArray list ? list[0]! : root).AsObject();
        foreach (var name in item.Select(field => field.Key).Where(name => name != "id").Append("unknown").ToList())
        {
            foreach (var changed in Changes(item, name))
            {
                using var json = JsonDocument.Parse(changed);
                foreach (var read in Readers)
                {
                    Assert.True(
                        Record.Exception(() => read(json.RootElement)) is null or FormatException,
                        $"{name} as in {Encoding.UTF8.GetString(changed)[..Math.Min(changed.Length, 200)]}");
                    Assert.Equal(item["id"] is null, Record.Exception(() => ElabFtwEntry.From(json.RootElement)) is not null);
                }
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":0}""")]
    [InlineData("""{"id":-1}""")]
    [InlineData("""{"id":1.5}""")]
    [InlineData("""{"id":"abc"}""")]
    [InlineData("""{"id":[1]}""")]
    [InlineData("""{"id":"1/../2"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    public void Read_WithoutAnId_IsNoEntryAndNoFile(string text)
    {
        using var json = JsonDocument.Parse(text);

        Assert.Throws<FormatException>(() => ElabFtwEntry.From(json.RootElement));
        Assert.Throws<FormatException>(() => ElabFtwUpload.From(json.RootElement));
        Assert.Null(ElabFtwNamed.From(json.RootElement));
    }

    [Theory]
    [InlineData("\"7\"", "\"3\"", "true")]
    [InlineData("7", "3", "1")]
    public void Read_NumbersAsTextAndTextsAsNumbers_AreTheSame(string id, string state, string flag)
    {
        using var json = JsonDocument.Parse($$"""{"id":{{id}},"state":{{state}},"locked":{{flag}},"tags":["a",1,null],"filesize":"12","force_exp_tpl":{{flag}}}""");

        var entry = ElabFtwEntry.From(json.RootElement);

        Assert.Equal(("7", true, true, "a|1"), (entry.Id, entry.IsDeleted, entry.IsClosed, string.Join('|', entry.Tags)));
        Assert.Equal(12, ElabFtwUpload.From(json.RootElement).Size);
        Assert.True(ElabFtwTeam.From(json.RootElement, ElabFtwEntityKind.Experiments).DemandsTemplate);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"no json\"")]
    [InlineData("\"[1,2]\"")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{\"extra_fields\":null}")]
    [InlineData("{\"extra_fields\":[]}")]
    [InlineData("{\"extra_fields\":{\"NexusExport ID\":null}}")]
    [InlineData("{\"extra_fields\":{\"NexusExport ID\":{\"value\":[\"a\"]}}}")]
    [InlineData("\"{\\\"extra_fields\\\":{\\\"NexusExport ID\\\":\\\"x\\\"}}\"")]
    public void Read_MetadataOfAnotherShape_HasNoFields(string metadata)
    {
        using var json = JsonDocument.Parse($$"""{"id":1,"metadata":{{metadata}}}""");

        Assert.Empty(ElabFtwEntry.From(json.RootElement).ExtraFields!);
    }

    private static IEnumerable<byte[]> Changes(JsonObject item, string name)
    {
        var without = item.DeepClone().AsObject();
        without.Remove(name);
        yield return Encoding.UTF8.GetBytes(without.ToJsonString());
        foreach (var value in (string[])["null", "true", "0", "-1.5e99", "\"\"", "\"text\"", "[]", "[null]", "{}", "{\"a\":{}}", "[[1]]", "\"\\ud800\"", "\"BYTES\""])
        {
            without[name] = "VALUE";
            var text = without.ToJsonString().Replace("\"VALUE\"", value, StringComparison.Ordinal).Split("BYTES");
            yield return text.Length == 1
                ? Encoding.UTF8.GetBytes(text[0])
                : [.. Encoding.UTF8.GetBytes(text[0]), 0xff, 0xfe, .. Encoding.UTF8.GetBytes(text[1])];
        }
    }
}
