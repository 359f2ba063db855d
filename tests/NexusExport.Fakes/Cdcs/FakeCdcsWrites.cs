using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace NexusExport.Fakes.Cdcs;

/// <summary>What changes a fake CDCS.</summary>
internal sealed class FakeCdcsWrites(FakeCdcsOptions options, ConcurrentDictionary<int, FakeCdcsRecord> records)
{
    private const int MaxTitle = 200;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit };

    private int _lastId = 100;

    public static FakeAnswer NotAllowed { get; } = FakeAnswer.Json(403, """{"detail":"You do not have permission to perform this action."}""");

    public FakeCdcsRecord Store(string title, int template, byte[] content, int? workspace, int owner)
    {
        var record = new FakeCdcsRecord
        {
            Id = Interlocked.Increment(ref _lastId),
            Title = title,
            Template = template,
            Content = content,
            Workspace = workspace,
            Owner = owner,
        };
        return records[record.Id] = record;
    }

    public FakeAnswer Create(FakeRequest request)
    {
        if (request.MediaType != "application/json")
        {
            return Failure($"Unsupported media type \"{request.MediaType}\" in request.");
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Create(document.RootElement);
        }
        catch (JsonException ex)
        {
            return Failure($"JSON parse error - {ex.Message}");
        }
        catch (XmlException ex)
        {
            return Failure($"Content is not well formatted XML: {ex.Message}");
        }
    }

    public FakeAnswer Assign(string id, string workspace)
    {
        if (options.AssignRefused)
        {
            return FakeAnswer.Json(403, """{"message":"The user doesn't have enough rights to access this workspace."}""");
        }

        return Change(id, workspace is "1" or "5", record => record with { Workspace = Number(workspace) });
    }

    public FakeAnswer ChangeOwner(string id, string user) => options.Superuser
        ? Change(id, user is "2" or "31", record => record with { Owner = Number(user) })
        : NotAllowed;

    public FakeAnswer Delete(FakeCdcsRecord record)
    {
        if (options.DeleteRefused)
        {
            return FakeAnswer.Json(403, """{"message":"The user doesn't have enough rights to access this data."}""");
        }

        records.TryRemove(record.Id, out _);
        return new(204, default);
    }

    private FakeAnswer Create(JsonElement form)
    {
        var title = Text(form, "title");
        var template = Text(form, "template");
        var workspace = Text(form, "workspace");
        var complaint = string.IsNullOrWhiteSpace(title) ? Complaint("title", "This field may not be blank.")
            : title.EnumerateRunes().Count() > MaxTitle ? Complaint("title", "Ensure this field has no more than 200 characters.")
            : !form.TryGetProperty(options.ContentField, out _) ? Complaint(options.ContentField, "This field is required.")
            : template is not ("7" or "9") ? Complaint("template", $"Invalid pk \\\"{template}\\\" - object does not exist.")
            : workspace is not null && options.WorkspaceInPost == WorkspaceInPost.Rejected ? Complaint("workspace", "This field is read-only.")
            : workspace is not (null or "1" or "5") ? Complaint("workspace", $"Invalid pk \\\"{workspace}\\\" - object does not exist.")
            : null;
        if (complaint is not null)
        {
            return complaint;
        }

        var content = Encoding.UTF8.GetBytes(form.GetProperty(options.ContentField).GetString()!);
        RequireXml(content);
        int? place = workspace is not null && options.WorkspaceInPost == WorkspaceInPost.Honoured ? Number(workspace) : null;
        var record = Store(title!, Number(template!), content, place, FakeCdcs.AccountId);
        return new(201, FakeCdcsForm.One(record, options.ContentField));
    }

    private FakeAnswer Change(string id, bool targetExists, Func<FakeCdcsRecord, FakeCdcsRecord> change)
    {
        if (!targetExists || !int.TryParse(id, CultureInfo.InvariantCulture, out var number) || !records.TryGetValue(number, out var record))
        {
            return FakeAnswer.Json(404, """{"message":"Data or workspace not found."}""");
        }

        records[number] = change(record);
        return FakeAnswer.Json(200, "{}");
    }

    private static void RequireXml(byte[] content)
    {
        using var reader = XmlReader.Create(new MemoryStream(content), Strict);
        while (reader.Read())
        {
            // Reading to the end is the check.
        }
    }

    private static string? Text(JsonElement form, string field) => form.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static FakeAnswer Complaint(string field, string text) => FakeAnswer.Json(400, $$$"""{"message":{"{{{field}}}":["{{{text}}}"]}}""");

    private static FakeAnswer Failure(string message) => new(500, JsonSerializer.SerializeToUtf8Bytes(new { message }));
}
