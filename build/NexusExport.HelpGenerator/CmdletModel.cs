namespace NexusExport.HelpGenerator;

/// <summary>One cmdlet as its attributes and doc comments tell it.</summary>
internal sealed record CmdletModel
{
    public required Type Type { get; init; }
    public required string Verb { get; init; }
    public required string Noun { get; init; }
    public required string? DefaultParameterSet { get; init; }
    public required bool SupportsShouldProcess { get; init; }
    public required IReadOnlyList<ParameterModel> Parameters { get; init; }
    public required IReadOnlyList<Type> Outputs { get; init; }

    /// <summary>Synopsis, then one paragraph an entry; empty where the comment is missing.</summary>
    public required string Synopsis { get; init; }
    public required IReadOnlyList<string> Description { get; init; }
    public required IReadOnlyList<ExampleModel> Examples { get; init; }
    public required IReadOnlyList<string> Links { get; init; }

    public string Name => $"{Verb}-{Noun}";

    /// <summary>Names of the parameter sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Uses.Keys).Where(set => set != ParameterModel.AllSets).Distinct(StringComparer.Ordinal);
            return [.. named.DefaultIfEmpty(ParameterModel.AllSets).OrderByDescending(set => set == DefaultParameterSet)];
        }
    }
}

/// <summary>One parameter.</summary>
internal sealed record ParameterModel(string Name, Type Type, IReadOnlyDictionary<string, ParameterUse> Uses)
{
    /// <summary>PowerShell's name for "every parameter set".</summary>
    public const string AllSets = "__AllParameterSets";

    public IReadOnlyList<string> Aliases { get; init; } = [];
    public bool AcceptsWildcards { get; init; }
    public string Description { get; init; } = string.Empty;
    public string? Default { get; init; }

    /// <summary>How the parameter is used in a set; null where it is not part of it.</summary>
    public ParameterUse? UseIn(string set) => Uses.GetValueOrDefault(set) ?? Uses.GetValueOrDefault(AllSets);
}

/// <summary>How a parameter is used in one set.</summary>
internal sealed record ParameterUse(bool Mandatory, int? Position, bool ByValue, bool ByPropertyName);

/// <summary>One example.</summary>
internal sealed record ExampleModel(string Introduction, string Code);
