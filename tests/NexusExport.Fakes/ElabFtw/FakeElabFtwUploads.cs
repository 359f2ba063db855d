using System.Globalization;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>The files of a fake eLabFTW's entries: nothing is unique, what is deleted is still given, and PHP's limits hold.</summary>
internal sealed class FakeElabFtwUploads(FakeElabFtwOptions options)
{
    private int _last = options.LastUpload;
    private int _cutsLeft = options.CutUploads;

    public FakeAnswer Read(FakeElabFtwEntry entry, string[] path, FakeRequest request)
    {
        if (path is not [_, var id])
        {
            var states = FakeElabFtwSearch.States(request.Query["state"].ToString());
            return FakeElabFtwAnswers.List(entry.Uploads.Reverse().Where(upload => states.Contains(upload.State)).Select(upload => Json(entry, upload)));
        }

        var found = Find(entry, id);
        return request.Query["format"] == "binary"
            ? new(200, found.Content, "text/xml;charset=UTF-8")
            {
                Headers = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Content-Disposition"] = $"attachment; filename*=utf-8''{Uri.EscapeDataString(found.RealName)}",
                },
            }
            : FakeAnswer.Json(200, Json(entry, found).ToJsonString());
    }

    public FakeAnswer Write(
        FakeElabFtwEntry entry,
        string[] path,
        FakeRequest request,
        FakeElabFtwAccount account,
        JsonNode? json,
        Func<string, FakeAnswer> created)
    {
        var former = path is [_, var id] ? Find(entry, id) : null;
        switch (request.Method)
        {
            case "DELETE":
                former!.State = 3;
                return FakeElabFtwAnswers.Gone;
            case "PATCH":
                former!.Comment = (string?)json!["comment"] ?? former.Comment;
                former.RealName = (string?)json["real_name"] ?? former.RealName;
                return FakeAnswer.Json(200, Json(entry, former).ToJsonString());
            case "POST" when json is not null && (string?)json["action"] == "createfromstring":
                return Keep(entry, new(++_last, (string)json["real_name"]!, null, []) { Owner = account, CreatedAt = entry.CreatedAt }, created);
            default:
                return Attach(entry, former, request, account, created);
        }
    }

    private FakeAnswer Attach(
        FakeElabFtwEntry entry,
        FakeElabFtwUpload? former,
        FakeRequest request,
        FakeElabFtwAccount account,
        Func<string, FakeAnswer> created)
    {
        var form = request.MediaType == "multipart/form-data" && request.Body.Length <= options.MaxFormBytes ? FakeElabFtwForm.Read(request) : null;
        if (form?.File is null)
        {
            return FakeElabFtwAnswers.Error(400, "Error reading file!");
        }

        if (form.File.Length > options.MaxUploadBytes)
        {
            return FakeElabFtwAnswers.Error(500, "Unexpected error", "The file \"\" does not exist");
        }

        if (form.FileName!.EndsWith(".php", StringComparison.OrdinalIgnoreCase))
        {
            return FakeElabFtwAnswers.Error(400, "PHP files are forbidden!");
        }

        var replaces = former is not null && form.Action == "replace";
        if (replaces)
        {
            former!.State = 2;
        }

        var content = _cutsLeft-- > 0 ? form.File[..^1] : form.File;
        return Keep(
            entry,
            new(++_last, form.FileName, replaces ? former!.Comment : form.Comment, content) { Owner = account, CreatedAt = entry.CreatedAt },
            created);
    }

    private static FakeAnswer Keep(FakeElabFtwEntry entry, FakeElabFtwUpload upload, Func<string, FakeAnswer> created)
    {
        entry.Uploads.Add(upload);
        entry.Touch(upload.Owner);
        return created($"{entry.Kind}/{entry.Id}/uploads/{upload.Id}");
    }

    private static FakeElabFtwUpload Find(FakeElabFtwEntry entry, string id) =>
        entry.Uploads.First(upload => upload.Id.ToString(CultureInfo.InvariantCulture) == id);

    private JsonObject Json(FakeElabFtwEntry entry, FakeElabFtwUpload upload) => FakeElabFtwAnswers.Upload(entry, upload, !options.WithoutHashes);
}
