using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>What changes a fake CDCS.</summary>
internal sealed class FakeCdcsWrites(FakeCdcsOptions options, FakeCdcsState state)
{
    private const int MaxTitle = 200;
    private const string EitherField = "Either set `content` or `xml_content` (deprecated). "
        + "Set `BACKWARD_COMPATIBILITY_DATA_XML_CONTENT` to `True` in the project settings to continue using `xml_content`.";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public FakeAnswer Create(FakeRequest request, FakeCdcsAccount account) => WithForm(request, form => Create(form, account));

    public FakeAnswer Change(FakeRequest request, FakeCdcsAccount account, FakeCdcsRecord record) => WithForm(request, form =>
    {
        if (state.WhyNotWrite(account, record.Owner, record.Workspace) is { } refused)
        {
            return FakeCdcsAnswers.Message(403, refused);
        }

        // Template and workspace, and the field that is the other kind of server's, are taken and ignored.
        var title = Text(form, "title") ?? record.Title;
        var content = Text(form, options.ContentField);
        return content is not null && FakeCdcsXml.WhyNot(content, state.TemplateOf(record.Template)!) is { } wrong
            ? FakeCdcsAnswers.Message(500, wrong)
            : One(200, state.Change(record with { Title = title.Trim(), Content = content is null ? record.Content : FakeCdcsXml.Bytes(content) }));
    });

    public FakeAnswer Assign(FakeCdcsAccount account, string id, string workspace)
    {
        if (options.AssignRefused)
        {
            return FakeCdcsAnswers.Message(403, "The user does not have the permission to write into this workspace.");
        }

        return WithIds(id, workspace, "Data or workspace not found.", (record, target) =>
        {
            if (state.Workspace(target) is not { } place)
            {
                return null;
            }

            var refused = state.WhyNotRead(account, record) ?? state.WhyNotAssign(account, record, place);
            return refused is null ? Done(record with { Workspace = target }) : FakeCdcsAnswers.Message(403, refused);
        });
    }

    public FakeAnswer ChangeOwner(string id, string user) => WithIds(id, user, "Data or user not found.", (record, owner) =>
        state.Accounts.Any(account => account.Id == owner)
            ? Done(record with { Owner = owner })
            : FakeCdcsAnswers.Message(500, "User matching query does not exist."));

    public FakeAnswer Delete(FakeCdcsAccount account, FakeCdcsRecord record)
    {
        var refused = options.DeleteRefused
            ? "The user does not have the permission to write into this workspace."
            : state.WhyNotWrite(account, record.Owner, record.Workspace);
        if (refused is not null)
        {
            return FakeCdcsAnswers.Message(403, refused);
        }

        state.Remove(record.Id);
        return new(204, default, string.Empty);
    }

    public static string NoNumber(string id) => $"Field 'id' expected a number but got '{id}'.";

    private FakeAnswer Create(JsonElement form, FakeCdcsAccount account)
    {
        var complaints = Complaints(form);
        if (complaints.Count > 0)
        {
            return FakeCdcsAnswers.Message(400, complaints);
        }

        // Rights come before the XML is looked at.
        int? workspace = Text(form, "workspace") is { } place && options.WorkspaceInPost == WorkspaceInPost.Honoured ? Number(place) : null;
        var template = Number(Text(form, "template")!);
        var field = form.GetProperty(options.ContentField);
        var refused = state.WhyNotWrite(account, account.Id, workspace)
            ?? (field.ValueKind == JsonValueKind.String
                ? FakeCdcsXml.WhyNot(field.GetString()!, state.TemplateOf(template)!)
                : "a bytes-like object is required, not 'int'");
        return refused is null
            ? One(201, state.Store(Text(form, "title")!, template, FakeCdcsXml.Bytes(field.GetString()!), workspace, account.Id))
            : FakeCdcsAnswers.Message(500, refused);
    }

    private Dictionary<string, string[]> Complaints(JsonElement form)
    {
        if (form.ValueKind != JsonValueKind.Object)
        {
            return new(StringComparer.Ordinal) { ["non_field_errors"] = ["Invalid data. Expected a dictionary, but got list."] };
        }

        var title = Text(form, "title");
        (string Field, string? Complaint)[] found =
        [
            ("template", Key(form, "template", isRequired: true, id => state.TemplateOf(id) is not null)),
            ("workspace", options.WorkspaceInPost == WorkspaceInPost.Rejected && Text(form, "workspace") is not null
                ? "This field is read-only."
                : Key(form, "workspace", isRequired: false, id => state.Workspace(id) is not null)),
            ("title", Missing(form, "title")
                ?? (string.IsNullOrWhiteSpace(title) ? "This field may not be blank."
                    : title.Contains('\0', StringComparison.Ordinal) ? "Null characters are not allowed."
                    : title.EnumerateRunes().Count() > MaxTitle ? "Ensure this field has no more than 200 characters."
                    : null)),
            (options.ContentField, Missing(form, options.ContentField) is { } complaint ? $"{complaint} {EitherField}" : null),
        ];
        return found.Where(one => one.Complaint is not null).ToDictionary(one => one.Field, one => new[] { one.Complaint! }, StringComparer.Ordinal);
    }

    private static string? Missing(JsonElement form, string field) => !form.TryGetProperty(field, out var value) ? "This field is required."
        : value.ValueKind == JsonValueKind.Null ? "This field may not be null."
        : null;

    private static string? Key(JsonElement form, string field, bool isRequired, Func<int, bool> exists)
    {
        if (Text(form, field) is not { } text)
        {
            return isRequired ? Missing(form, field) : null;
        }

        return !int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? "Incorrect type. Expected pk value, received str."
            : exists(id) ? null
            : $"Invalid pk \"{text}\" - object does not exist.";
    }

    private static FakeAnswer WithForm(FakeRequest request, Func<JsonElement, FakeAnswer> answer)
    {
        // What comes without a length is not seen: the gateway hands on no body.
        var body = request.Headers.ContentLength is null ? [] : request.Body;
        try
        {
            if (body.Length > 0 && request.MediaType == "application/x-www-form-urlencoded")
            {
                var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
                body = JsonSerializer.SerializeToUtf8Bytes(fields.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));
            }
            else if (body.Length > 0 && request.MediaType != "application/json")
            {
                return FakeCdcsAnswers.Message(500, $"Unsupported media type \"{request.MediaType}\" in request.");
            }

            using var document = JsonDocument.Parse(body.Length == 0 ? "{}" : StrictUtf8.GetString(body));
            return answer(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or DecoderFallbackException)
        {
            return FakeCdcsAnswers.Message(500, $"JSON parse error - {ex.Message}");
        }
    }

    private FakeAnswer WithIds(string id, string target, string missing, Func<FakeCdcsRecord, int, FakeAnswer?> answer)
    {
        foreach (var part in new[] { id, target })
        {
            if (!int.TryParse(part, CultureInfo.InvariantCulture, out _))
            {
                return FakeCdcsAnswers.Message(500, NoNumber(part));
            }
        }

        return state.Find(Number(id)) is { } record && answer(record, Number(target)) is { } given ? given : FakeCdcsAnswers.Message(404, missing);
    }

    private FakeAnswer Done(FakeCdcsRecord changed)
    {
        state.Change(changed);
        return FakeAnswer.Json(200, "{}");
    }

    private FakeAnswer One(int status, FakeCdcsRecord record) => new(status, FakeCdcsForm.One(record, options.ContentField));

    private static string? Text(JsonElement form, string field) =>
        form.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
