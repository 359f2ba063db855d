using System.Reflection;
using System.Xml.Linq;

namespace NexusExport.HelpGenerator;

/// <summary>Reads cmdlets from an assembly. Attributes are read as data, because PowerShell's reference assembly has no code in them.</summary>
internal sealed class CmdletReader(DocComments comments)
{
    private const string PowerShell = "System.Management.Automation.";

    /// <summary>Every cmdlet of the assembly, by name.</summary>
    public IReadOnlyList<CmdletModel> Read(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && Attribute(type, "CmdletAttribute") is not null)
            .Select(Read)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    private static CustomAttributeData? Attribute(MemberInfo member, string name) => Attributes(member, name).FirstOrDefault();

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.FullName == PowerShell + name);

    private static T? Named<T>(CustomAttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value is T value ? value : default;

    private static IEnumerable<T> Array<T>(CustomAttributeData? data) =>
        data?.ConstructorArguments is [{ Value: IReadOnlyCollection<CustomAttributeTypedArgument> items }] ? items.Select(item => (T)item.Value!) : [];

    private static ParameterUse Use(CustomAttributeData data) => new(
        Named<bool>(data, "Mandatory"),
        Named<int?>(data, "Position"),
        Named<bool>(data, "ValueFromPipeline"),
        Named<bool>(data, "ValueFromPipelineByPropertyName"));

    private CmdletModel Read(Type type)
    {
        var cmdlet = Attribute(type, "CmdletAttribute")!;
        var comment = comments.Of(type);
        return new()
        {
            Type = type,
            Verb = (string)cmdlet.ConstructorArguments[0].Value!,
            Noun = (string)cmdlet.ConstructorArguments[1].Value!,
            DefaultParameterSet = Named<string>(cmdlet, "DefaultParameterSetName"),
            SupportsShouldProcess = Named<bool>(cmdlet, "SupportsShouldProcess"),
            Parameters = [.. type.GetProperties().Where(property => Attribute(property, "ParameterAttribute") is not null).Select(Read)],
            Outputs = [.. Attributes(type, "OutputTypeAttribute").SelectMany(Array<Type>)],
            Synopsis = DocComments.Text(comment?.Element("summary"), NameOf),
            Description = [.. (comment?.Element("remarks")?.Elements("para") ?? []).Select(para => DocComments.Text(para, NameOf))],
            Examples = [.. (comment?.Elements("example") ?? []).Select(Example)],
            Links = [.. (comment?.Elements("seealso") ?? []).Select(link => DocComments.Text(new XElement("link", link), NameOf))],
        };
    }

    private ParameterModel Read(PropertyInfo property)
    {
        var comment = comments.Of(property);
        var uses = Attributes(property, "ParameterAttribute").ToDictionary(data => Named<string>(data, "ParameterSetName") ?? ParameterModel.AllSets, Use, StringComparer.Ordinal);
        return new(property.Name, property.PropertyType, uses)
        {
            Aliases = [.. Array<string>(Attribute(property, "AliasAttribute"))],
            AcceptsWildcards = Attribute(property, "SupportsWildcardsAttribute") is not null,
            Description = DocComments.Text(comment?.Element("summary"), NameOf),
            Default = DocComments.Text(comment?.Element("value"), NameOf) is { Length: > 0 } value ? value : null,
        };
    }

    private ExampleModel Example(XElement example) =>
        new(DocComments.Text(example.Element("para"), NameOf), DocComments.Code(example.Element("code")));

    // T:NexusExport.PowerShell.Cmdlets.GetRecordCommand reads as Get-Record, any other reference as its last word.
    private string NameOf(string reference)
    {
        var word = reference.Split(':')[^1].Split('.')[^1];
        var type = reference.StartsWith("T:", StringComparison.Ordinal) ? typeof(CmdletReader).Assembly.GetType(reference[2..]) ?? Loaded(reference[2..]) : null;
        return type is not null && Attribute(type, "CmdletAttribute") is { } cmdlet ? $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}" : word;
    }

    private static Type? Loaded(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);
}
