namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// What a listing may cost and has cost. A look-up of a record that is there takes two requests and reads an entry and its files; a page takes
/// one and reads many.
/// </summary>
internal sealed class ElabFtwListingCost(int lookUps)
{
    private const int BytesPerLookUp = 8 * 1024;
    private const int LargestPage = 100;

    private int _requests;
    private long _bytes;

    /// <summary>Rows to ask for: no more than the look-ups that are to be saved would read.</summary>
    public int PageSize => Math.Clamp(lookUps, 2, LargestPage);

    /// <summary>Whether one more request still costs less than the look-ups.</summary>
    public bool AllowsAnother => _requests < lookUps && _bytes < (long)lookUps * BytesPerLookUp;

    public void Add(int bytes)
    {
        _requests++;
        _bytes += bytes;
    }
}
