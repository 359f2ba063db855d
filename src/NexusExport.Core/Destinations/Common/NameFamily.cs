namespace NexusExport.Destinations.Common;

/// <summary>
/// The places that share a record's name: name.xml, name_1.xml, name_2.xml, up to the first number that is free. Contents of one name stand side by
/// side, and one that is there already is not stored again.
/// </summary>
/// <param name="fileName">The record's name; made safe for every file system here.</param>
internal abstract class NameFamily(string fileName)
{
    // A server that claims to have whatever it is asked for would have us ask for ever.
    private const int MostNumbers = 1000;

    private readonly string _safeName = SafeFileName.From(fileName);

    /// <summary>The name of a member; 0 for the one without a number.</summary>
    public virtual string this[int number] => SafeFileName.WithNumber(_safeName, number);

    /// <summary>The highest number that is tried.</summary>
    private protected virtual int Highest => MostNumbers;

    /// <summary>Looks for a member with exactly this content, from <paramref name="first"/> on. Costs one look a member.</summary>
    /// <returns>The member's name, or null; and the first free number. Throws UNEXPECTED_RESPONSE where none is free.</returns>
    public async Task<(string? Name, int Free)> FindAsync(FormattedContent content, int first, CancellationToken cancellationToken)
    {
        for (var number = first; number <= Highest; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (await LookAsync(this[number], content, cancellationToken))
            {
                case NameUse.Free:
                    return (null, number);
                case NameUse.ThisContent:
                    return (this[number], number);
            }
        }

        throw new ExportException(
            ExportErrorCode.UnexpectedResponse,
            $"The far side says that '{this[0]}' and {MostNumbers} numbered names after it are all taken; the record was not sent.");
    }

    /// <summary>Whether a member has exactly this content.</summary>
    public async Task<bool> HoldsAsync(int number, FormattedContent content, CancellationToken cancellationToken) =>
        await LookAsync(this[number], content, cancellationToken) == NameUse.ThisContent;

    /// <summary>What stands under a name. Content is read only where nothing cheaper tells.</summary>
    private protected abstract Task<NameUse> LookAsync(string name, FormattedContent content, CancellationToken cancellationToken);
}

/// <summary>What stands under a name.</summary>
internal enum NameUse
{
    Free,
    ThisContent,
    OtherContent,
}
