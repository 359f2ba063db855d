using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>Every field of every answer, absent, null or of another type: what does not need it goes on.</summary>
public sealed class CdcsFieldTests
{
    private static readonly string[] Mutations = ["absent", "null", "number", "text", "yes", "object", "list", "fraction"];

    private static readonly (string Path, string[] Fields)[] Answers =
    [
        ("/rest/template-version-manager/global/", ["id", "versions", "current", "disabled_versions", "title", "user", "is_disabled", "creation_date", "display_rank"]),
        ("/rest/workspace/read_access", ["id", "title", "owner", "is_public"]),
        ("/rest/data/", ["count", "next", "previous", "id", "template", "workspace", "user_id", "title", "checksum", "creation_date", "last_modification_date", "last_change_date", "xml_content"]),
        ("/rest/core-settings/", ["core_version", "database", "mongodb"]),
    ];

    // What cannot be done without: the id of what was made and of where it goes, and the name that it is found by.
    private static readonly string[] Needed = ["/rest/data/ id", "/rest/workspace/read_access id", "/rest/workspace/read_access title"];

    public static TheoryData<string, string, string> Cases => Table(Answers
        .SelectMany(answer => answer.Fields.Select(name => (answer.Path, Name: name)))
        .Where(one => !Needed.Contains($"{one.Path} {one.Name}", StringComparer.Ordinal))
        .SelectMany(one => Mutations.Where(mutation => IsHarmless(one.Name, mutation)).Select(mutation => (one.Path, one.Name, mutation))));

    public static TheoryData<string, string, string> NeededCases => Table(Needed
        .Select(one => one.Split(' '))
        .SelectMany(one => new[] { "absent", "null", "object" }.Select(mutation => (one[0], one[1], mutation))));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Export_FieldThatIsNotNeeded_GoesOn(string path, string field, string mutation)
    {
        await using var bed = await CdcsBed.StartAsync(new(), new MutatingHandler(path, field, mutation));
        var context = TestExports.Context();

        await bed.Destination.TestConnectionAsync(default);
        var made = await bed.Destination.UploadAsync(context, default);
        var found = await bed.Destination.FindAsync(context, default);

        Assert.Single(bed.Server.Records);
        Assert.Equal(made.RecordId, found?.RecordId);
    }

    [Theory]
    [MemberData(nameof(NeededCases))]
    public async Task Export_FieldThatIsNeeded_SaysWhatIsMissing(string path, string field, string mutation)
    {
        await using var bed = await CdcsBed.StartAsync(new(), new MutatingHandler(path, field, mutation));

        var fault = await bed.FaultOfUploadAsync();

        Assert.Contains(fault.Code, new[] { ExportErrorCode.UnexpectedResponse, ExportErrorCode.ResourceNotFound });
        Assert.Equal(path == "/rest/data/", fault.MayHaveCommitted);
    }

    private static TheoryData<string, string, string> Table(IEnumerable<(string Path, string Name, string Mutation)> rows)
    {
        var table = new TheoryData<string, string, string>();
        foreach (var (path, name, mutation) in rows)
        {
            table.Add(path, name, mutation);
        }

        return table;
    }

    // An id that is another one, or a version that is disabled, is no matter of types.
    private static bool IsHarmless(string field, string mutation) => (field, mutation) switch
    {
        ("current" or "template" or "workspace", "number" or "text" or "fraction") => false,
        ("title" or "user_id" or "xml_content", "number" or "text" or "fraction") => false,
        ("is_disabled", "yes") => false,
        ("count", "number") => false,
        _ => true,
    };

    private sealed class MutatingHandler(string path, string field, string mutation) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == path && response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
            {
                var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
                Mutate(json);
                response.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return response;
        }

        private void Mutate(JsonNode? node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list)
                {
                    Mutate(item);
                }
            }
            else if (node is JsonObject item)
            {
                Mutate(item["results"]);
                item["something_new"] = JsonNode.Parse(string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)));
                if (!item.ContainsKey(field))
                {
                    return;
                }

                item.Remove(field);
                if (mutation != "absent")
                {
                    item[field] = JsonNode.Parse(mutation switch
                    {
                        "null" => "null",
                        "number" => "12",
                        "fraction" => "1.5e300",
                        "text" => "\"other\"",
                        "yes" => "true",
                        "object" => """{"id":{"deep":[null]}}""",
                        _ => "[[1],null]",
                    });
                }
            }
        }
    }
}
