using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NexusExport.Tests.Architecture;

/// <summary>What an assembly shows, a line each: its types and their members, sorted, so that a change is a line of a diff.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The public types with their kind, by full name.</summary>
    public static IEnumerable<string> Types(Assembly assembly) => Exported(assembly).Select(type => $"{Kind(type)} {type.FullName}");

    /// <summary>The public types, each with its members below it and an empty line after them.</summary>
    public static IEnumerable<string> Members(Assembly assembly) =>
        Exported(assembly).SelectMany(type => (string[])[Header(type), .. Of(type).Select(member => "  " + member), string.Empty]);

    private static IEnumerable<Type> Exported(Assembly assembly) => assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static string Header(Type type)
    {
        var bases = type.IsEnum ? [] : type.GetInterfaces()
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(implemented => !implemented.IsGenericType || implemented.GetGenericTypeDefinition() != typeof(IEquatable<>))
            .Select(TypeText.Of)
            .Order(StringComparer.Ordinal)
            .Prepend(type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? TypeText.Of(parent) : null)
            .OfType<string>();
        return string.Join(" : ", new[] { $"{Kind(type)} {type.FullName}", string.Join(", ", bases) }.Where(part => part.Length > 0));
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : string.Empty) + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
    };

    private static IEnumerable<string> Of(Type type) => type.IsEnum
        ? Enum.GetValues(type).Cast<Enum>().Select(value => $"{value} = {value:D}")
        : type.GetMembers(Declared)
            .Select(member => (member.Name, Text: Text(member)))
            .Where(member => member.Text is not null)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text!);

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsShown(made) && !made.IsStatic => $"{Access(made)}{made.DeclaringType!.Name}({Parameters(made)})",
        FieldInfo { IsPublic: true } field => field.IsLiteral
            ? $"const {TypeText.Of(field)} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : string.Empty)}{TypeText.Of(field)} {field.Name}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).FirstOrDefault(IsShown) is { } accessor => Property(property, accessor),
        MethodInfo method when IsShown(method) && IsWritten(method) =>
            $"{Access(method)}{TypeText.Of(method.ReturnParameter)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private static string Property(PropertyInfo property, MethodInfo accessor)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        var setter = property.SetMethod is { } set && IsShown(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : string.Empty;
        var getter = property.GetMethod is { } get && IsShown(get) ? " get;" : string.Empty;
        return $"{Access(accessor)}{required}{TypeText.Of(property)} {property.Name} {{{getter}{setter} }}";
    }

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler adds to every record and property is told by the type's kind and by the property.
    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string Access(MethodBase method)
    {
        var access = method.IsPublic ? string.Empty : "protected ";
        return method.IsStatic ? access + "static "
            : method is { IsVirtual: true, IsFinal: false, DeclaringType: { IsInterface: false, IsSealed: false } } ? access + "virtual "
            : access;
    }

    private static string Parameters(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Select(given => $"{TypeText.Of(given)} {given.Name}{Default(given)}"));

    private static string Default(ParameterInfo given) => given.HasDefaultValue ? $" = {Literal(given.RawDefaultValue)}" : string.Empty;

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
