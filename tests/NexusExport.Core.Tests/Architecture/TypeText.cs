using System.Reflection;

namespace NexusExport.Tests.Architecture;

/// <summary>Types as C# writes them: <c>IReadOnlyList&lt;string?&gt;</c>.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The type of what a member gives or takes, nullability included.</summary>
    public static string Of(ParameterInfo parameter) => Of(Nullability.Create(parameter));

    /// <inheritdoc cref="Of(ParameterInfo)"/>
    public static string Of(PropertyInfo property) => Of(Nullability.Create(property));

    /// <inheritdoc cref="Of(ParameterInfo)"/>
    public static string Of(FieldInfo field) => Of(Nullability.Create(field));

    /// <summary>The type itself, without what only a member knows about it.</summary>
    public static string Of(Type type) => type.IsArray ? $"{Of(type.GetElementType()!)}[]"
        : Nullable.GetUnderlyingType(type) is { } value ? $"{Of(value)}?"
        : Keywords.GetValueOrDefault(type) ?? Generic(type, type.GetGenericArguments().Select(Of));

    private static string Of(NullabilityInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var text = info.ElementType is { } element ? $"{Of(element)}[]"
            : Keywords.GetValueOrDefault(type) ?? Generic(type, info.GenericTypeArguments.Select(Of));
        return NullabilityState.Nullable == info.ReadState || NullabilityState.Nullable == info.WriteState ? text + '?' : text;
    }

    private static string Generic(Type type, IEnumerable<string> arguments)
    {
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", arguments)}>" : name;
    }
}
