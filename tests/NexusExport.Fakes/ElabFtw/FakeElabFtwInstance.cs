using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What a fake eLabFTW tells of itself, of the account that asks and of its keys.</summary>
internal sealed class FakeElabFtwInstance(FakeElabFtwOptions options, List<FakeElabFtwEntry> entries)
{
    private const string Nobody = """{"teams": [], "users": [], "teamgroups": []}""";

    public FakeAnswer Handle(string[] path, FakeRequest request, FakeElabFtwAccount account, string key) => (request.Method, path) switch
    {
        ("GET", ["info"]) => FakeAnswer.Json(
            200,
            """
            {"elabftw_version":"5.6.12","elabftw_version_int":50612,"ts_balance":0,"ts_limit":0,"uploads_filesize_sum":0,
            "uploads_filesize_sum_formatted":"0.00 B","all_users_count":2,"active_users_count":2,"items_count":0,"teams_count":1,
            "compounds_count":0,"experiments_count":0,"experiments_timestamped_count":0,"entities_timestamped_count_last_30_days":0}
            """),
        ("GET", ["users", "me"]) => FakeAnswer.Json(200, Me(account).ToJsonString()),
        ("GET", ["users", "me", "uploads"]) when !options.AccountUploadsUnlisted => FakeElabFtwAnswers.List(
            new FakeElabFtwPage(request, options.IgnoresOffset, 42).Of(Uploads(account, request), item => $"{item["id"],12}")),
        ("GET", ["apikeys"]) when !options.KeysUnlisted => FakeElabFtwAnswers.List(
            [Key("11-0", mayWrite: true), .. Keys(account, key)]),
        _ => FakeElabFtwAnswers.Error(400, "Incorrect submodel for users: available models are: notifications, request_actions, sig_keys, rors, uploads."),
    };

    private IEnumerable<JsonObject> Uploads(FakeElabFtwAccount account, FakeRequest request)
    {
        var states = FakeElabFtwSearch.States(request.Query["state"].ToString());
        return entries.SelectMany(entry => entry.Uploads
            .Where(upload => upload.Owner.UserId == account.UserId && states.Contains(upload.State))
            .Select(upload => FakeElabFtwAnswers.AccountUpload(entry, upload, !options.WithoutHashes)));
    }

    private IEnumerable<JsonObject> Keys(FakeElabFtwAccount account, string key) => options.OtherAccounts
        .Where(other => other.Value.UserId == account.UserId && other.Key != key)
        .Select(other => Key(other.Key, other.Value.MayWrite))
        .Append(Key(key, account.MayWrite));

    private JsonObject Key(string key, bool mayWrite) => new()
    {
        ["id"] = int.TryParse(key.Split('-')[0], out var id) ? id : 1, ["name"] = "exporter", ["created_at"] = "2026-11-21 15:17:37",
        ["last_used_at"] = "2026-11-21 15:17:39", ["hash"] = "<hash>", ["can_write"] = mayWrite ? 1 : 0, ["team"] = 1, ["team_name"] = options.TeamName,
    };

    private JsonObject Me(FakeElabFtwAccount account)
    {
        var me = new JsonObject();
        foreach (var (name, value) in (IEnumerable<(string, JsonNode?)>)
        [
            ("userid", account.UserId), ("password_modified_at", "2026-11-21 14:24:02"), ("firstname", account.FirstName), ("lastname", account.LastName),
            ("email", "nemo@x.example"), ("is_sysadmin", account.IsAdmin ? 1 : 0), ("orcid", null), ("orgid", null), ("created_at", "2026-11-21 14:24:02"),
            ("token_created_at", null), ("limit_nb", 15), ("sc_create", "c"), ("sc_edit", "e"), ("sc_favorite", "f"), ("sc_todo", "t"), ("sc_search", "s"),
            ("scope_experiments", 2), ("scope_events", 3), ("scope_items", 2), ("scope_items_types", 2), ("scope_experiments_templates", 2),
            ("scope_teamgroups", 3), ("use_isodate", 0), ("uploads_layout", 1), ("validated", 1), ("lang", "en_GB"), ("default_read_base", 30),
            ("default_write_base", 20), ("default_read", Nobody), ("default_write", Nobody), ("cjk_fonts", 0), ("orderby", "lastchange"), ("sort", "desc"),
            ("use_markdown", 0), ("pdf_sig", 0), ("inc_files_pdf", 1), ("append_pdfs", 0), ("disable_shortcuts", 0), ("pdf_format", "A4"),
            ("display_mode", "it"), ("last_login", null), ("last_seen_version", 50612), ("allow_untrusted", 1), ("notif_comment_created", 1),
            ("notif_comment_created_email", 1), ("notif_user_created", 1), ("notif_user_created_email", 1), ("notif_user_need_validation", 1),
            ("notif_user_need_validation_email", 1), ("notif_step_deadline", 1), ("notif_step_deadline_email", 1), ("notif_event_deleted", 1),
            ("notif_event_deleted_email", 1), ("auth_lock_time", null), ("auth_service", null), ("valid_until", null), ("entrypoint", 0),
            ("always_show_owned", 0), ("show_weekends", 0), ("scheduler_layout", 0), ("can_manage_users2teams", 0), ("can_manage_compounds", 0),
            ("can_manage_inventory_locations", 0), ("theme_variant", 0), ("sig_privkey", null), ("sig_pubkey", null), ("fullname", account.FullName),
            ("initials", "NB"), ("has_mfa_enabled", 0), ("team", 1), ("default_read_base_human", "Only members of the team"),
            ("default_write_base_human", "Only owner and admins"),
        ])
        {
            me[name] = value;
        }

        me["teams"] = new JsonArray(new JsonObject
        {
            ["id"] = 1, ["name"] = options.TeamName, ["is_admin"] = account.IsAdmin ? 1 : 0, ["is_owner"] = 0, ["is_archived"] = 0,
        });
        return me;
    }
}
