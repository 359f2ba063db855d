using System.Collections;
using System.Globalization;
using NexusExport.Configuration.Sources;
using NexusExport.Security;

namespace NexusExport.Configuration.Drafts;

/// <summary>
/// Puts registered destinations beside the configured ones, checked by the code that checks those. A mistake in one is its own fault, so
/// that the others go on and it can be corrected; only the one that is about to be written is refused.
/// </summary>
/// <param name="sources">What the configuration is made of.</param>
/// <param name="typeLimits">The configured limits of types, by the type's name.</param>
/// <param name="findings">What is found in the configuration as a whole.</param>
internal sealed class RegisteredDestinationReader(
    ConfigurationSources sources,
    IReadOnlyDictionary<string, (IReadOnlyList<RateLimit> Value, Origin Origin)> typeLimits,
    ConfigurationFindings findings)
{
    private const string References = "env:NAME, file:PATH or secret:VAULT/NAME";

    /// <summary>Adds a draft for each. Throws DESTINATION_EXISTS if the one about to be written has the name of a configured one.</summary>
    /// <param name="drafts">The configured destinations.</param>
    public void Add(List<DestinationDraft> drafts)
    {
        var content = sources.Registered;
        if (content.Fault is { } fault)
        {
            findings.Warnings.Add($"Registered destinations could not be read and are left out: {fault.Message}");
        }

        var configured = drafts.ToList();
        foreach (var destination in content.Destinations)
        {
            // Relative paths start from the database's folder.
            var origin = Origin.InDatabase(destination.Name, Path.GetDirectoryName(sources.DatabasePath)!);
            var isCandidate = destination.Id == content.CandidateId;
            if (configured.Find(draft => destination.IsNamed(draft.Name)) is { } namesake)
            {
                TellClash(namesake, isCandidate);
            }
            else if (!isCandidate)
            {
                drafts.Add(ReadIsolated(destination, origin));
            }
            else if (Read(destination, origin, findings) is { } draft)
            {
                // In front, so that a circle is told as this one's.
                drafts.Insert(0, draft);
            }
        }
    }

    private void TellClash(DestinationDraft configured, bool isCandidate)
    {
        var where = $"'{configured.Name}' is configured in {configured.Origin.Source}";
        if (isCandidate)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.DestinationExists, $"The destination {where}; a registered one cannot have that name.")
            {
                RecommendedAction = "Choose another name, or change the destination where it is configured.",
            });
        }

        findings.Warnings.Add(
            $"The registered destination '{configured.Name}' is not used, because {where}; Unregister-ExportDestination removes the registered one.");
    }

    private DestinationDraft ReadIsolated(RegisteredDestination destination, Origin origin)
    {
        var own = new ConfigurationFindings();
        var draft = Read(destination, origin, own);
        if (draft is not null)
        {
            // Values are read while they are built.
            new DestinationBuilder(sources, typeLimits, own).Build(draft);
        }

        if (draft is null || own.Errors.Count > 0)
        {
            var fault = new ExportFault(ExportErrorCode.ConfigurationInvalid, string.Join(' ', own.Errors))
            {
                RecommendedAction = "Set-ExportDestination corrects the destination, Unregister-ExportDestination removes it.",
            };
            draft = new DestinationDraft(destination.Name, PluginSet.FaultyType(destination.Type, path: null, fault), origin)
            {
                Enabled = (destination.IsActive, origin),
            };
        }

        draft.IsIsolated = true;
        return draft;
    }

    private DestinationDraft? Read(RegisteredDestination destination, Origin origin, ConfigurationFindings told)
    {
        IEnumerable<KeyValuePair<string, object?>> own =
            [
                new(CommonKeys.Type, destination.Type),
                new(CommonKeys.Enabled, destination.IsActive),
                .. destination.Config.Where(pair => pair.Key is not (CommonKeys.Type or CommonKeys.Enabled)),
            ];
        var drafts = new DestinationReader(sources, told).Read([new ConfigurationEntry(destination.Name, origin, Mapping(own, origin))]);
        drafts.ForEach(draft => RefuseSecrets(draft, told));
        return drafts.SingleOrDefault();
    }

    private static void RefuseSecrets(DestinationDraft draft, ConfigurationFindings told)
    {
        foreach (var definition in draft.Type.Settings)
        {
            var text = draft.Texts.GetValueOrDefault(definition.Name)?.Text ?? string.Empty;
            if (definition.Kind == SettingKind.Secret && text.Length > 0 && SecretReference.Parse(text).Scheme == SecretScheme.Plain)
            {
                told.Error(draft.Origin, $"{definition.Name} is a secret, which the database does not keep: write a reference to it, {References}");
            }
            else if (definition.Kind != SettingKind.Secret && UrlCredentials.Passwords(text).Any())
            {
                told.Error(draft.Origin, $"{definition.Name} holds a password, which the database does not keep: use the settings for credentials, with {References}");
            }
        }
    }

    private static ConfigurationMapping Mapping(IEnumerable<KeyValuePair<string, object?>> values, Origin origin) =>
        new(origin, [.. values.Select(pair => new ConfigurationEntry(pair.Key, origin, Node(pair.Value, origin)))]);

    private static ConfigurationNode Node(object? value, Origin origin) => value switch
    {
        null => Scalar(string.Empty, origin, isPlain: true),
        string text => Scalar(text, origin),
        bool flag => Scalar(flag ? "true" : "false", origin),
        IEnumerable<KeyValuePair<string, object?>> values => Mapping(values, origin),
        IEnumerable items => new ConfigurationSequence(origin, [.. items.Cast<object?>().Select(item => Node(item, origin))]),
        _ => Scalar(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, origin),
    };

    private static ConfigurationScalar Scalar(string text, Origin origin, bool isPlain = false) => new(origin, new SettingText(text, origin), isPlain);
}
