using System.Xml.Linq;

namespace NexusExport.HelpGenerator;

/// <summary>Writes cmdlets as PowerShell's help file format, MAML.</summary>
internal sealed class MamlWriter(DocComments comments)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly Dictionary<string, ParameterUse> Everywhere =
        new(StringComparer.Ordinal) { [ParameterModel.AllSets] = new(Mandatory: false, Position: null, ByValue: false, ByPropertyName: false) };

    private static readonly ParameterModel[] RiskParameters =
    [
        new("WhatIf", typeof(bool), Everywhere) { Aliases = ["wi"], Description = "Shows what would happen. Nothing is done." },
        new("Confirm", typeof(bool), Everywhere) { Aliases = ["cf"], Description = "Asks before anything is done." },
    ];

    /// <summary>The help file.</summary>
    public XDocument Write(IEnumerable<CmdletModel> cmdlets) => new(new XElement(
        "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        cmdlets.Select(Write)));

    private static XElement Paragraphs(XName name, IEnumerable<string> texts) => new(name, texts.Select(text => new XElement(Maml + "para", text)));

    private static string TypeName(Type type)
    {
        var named = Nullable.GetUnderlyingType(type) ?? type;
        return named.Name == "SwitchParameter" ? "SwitchParameter" : named.IsArray ? TypeName(named.GetElementType()!) + "[]" : named.Name;
    }

    private static bool IsSwitch(ParameterModel parameter) => parameter.Type == typeof(bool) || parameter.Type.Name == "SwitchParameter";

    private static string Pipeline(ParameterUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static List<ParameterModel> AllParameters(CmdletModel cmdlet) =>
        [.. cmdlet.Parameters, .. cmdlet.SupportsShouldProcess ? RiskParameters : []];

    private static XElement Parameter(ParameterModel parameter, ParameterUse use, bool inSyntax) => new(
        Command + "parameter",
        new XAttribute("required", use.Mandatory),
        new XAttribute("variableLength", parameter.Type.IsArray),
        new XAttribute("globbing", parameter.AcceptsWildcards),
        new XAttribute("pipelineInput", Pipeline(use)),
        new XAttribute("position", use.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Paragraphs(Maml + "description", [parameter.Description]),
        inSyntax && IsSwitch(parameter)
            ? null
            : new XElement(
                Command + "parameterValue",
                new XAttribute("required", !IsSwitch(parameter)),
                new XAttribute("variableLength", false),
                IsSwitch(parameter) ? "SwitchParameter" : TypeName(parameter.Type)),
        new XElement(Dev + "type", new XElement(Maml + "name", IsSwitch(parameter) ? "SwitchParameter" : TypeName(parameter.Type)), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.Default ?? (IsSwitch(parameter) ? "False" : "None")));

    private static XElement Syntax(CmdletModel cmdlet) => new(Command + "syntax", cmdlet.ParameterSets.Select(set => new XElement(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        from parameter in AllParameters(cmdlet)
        let use = parameter.UseIn(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.Mandatory descending
        select Parameter(parameter, use, inSyntax: true))));

    private static XElement Example(ExampleModel example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"-------------------------- Example {index + 1} --------------------------"),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", [example.Introduction]));

    private static XElement Inputs(CmdletModel cmdlet) => new(
        Command + "inputTypes",
        from parameter in cmdlet.Parameters
        where parameter.Uses.Values.Any(use => use.ByValue || use.ByPropertyName)
        select new XElement(
            Command + "inputType",
            new XElement(Dev + "type", new XElement(Maml + "name", TypeName(parameter.Type))),
            Paragraphs(Maml + "description", [$"-{parameter.Name}: {parameter.Description}"])));

    private XElement Write(CmdletModel cmdlet) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Paragraphs(Maml + "description", [cmdlet.Synopsis])),
        Paragraphs(Maml + "description", cmdlet.Description),
        Syntax(cmdlet),
        new XElement(Command + "parameters", AllParameters(cmdlet).Select(parameter => Parameter(parameter, parameter.Uses.Values.First(), inSyntax: false))),
        Inputs(cmdlet),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(Output)),
        new XElement(Command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", cmdlet.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));

    private XElement Output(Type type) => new(
        Command + "returnValue",
        new XElement(Dev + "type", new XElement(Maml + "name", type.FullName)),
        Paragraphs(Maml + "description", [DocComments.Text(comments.Of(type)?.Element("summary"), reference => reference.Split('.')[^1])]));
}
