using System.Xml;

namespace NexusExport.Records;

/// <summary>Reads XML that somebody else wrote.</summary>
internal static class XmlParsing
{
    /// <summary>
    /// Gives what <paramref name="parse"/> gives. .NET's parser trips over some texts, most of them in another encoding than they declare, with
    /// exceptions that speak of its own arguments; they come out as the <see cref="XmlException"/> that they stand for.
    /// </summary>
    public static T Run<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException
            or NullReferenceException or NotSupportedException or ArithmeticException)
        {
            throw new XmlException("The text cannot be read in the encoding that it declares.", exception);
        }
    }
}
