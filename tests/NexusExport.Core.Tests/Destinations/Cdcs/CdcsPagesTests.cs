using System.Globalization;
using System.Net;
using System.Text;
using NexusExport.Destinations.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>Lists that do not end, and lists that change while they are read.</summary>
public sealed class CdcsPagesTests
{
    [Theory]
    [InlineData("""{"count":2,"next":"https://x/?page=2","previous":null,"results":[{"id":1},{"id":2}]}""", 1)]
    [InlineData("""{"count":null,"next":"https://x/?page=2","results":[{"id":1},{"id":2}]}""", 2)]
    [InlineData("""{"next":"https://x/?page=2","results":[{"id":1},{"id":2}]}""", 2)]
    [InlineData("""{"next":"https://x/?page=2","results":[]}""", 1)]
    public async Task Find_PagesThatNeverEnd_EndsAtTheCountOrAtWhatWasSeen(string page, int requests)
    {
        var server = new Paging(_ => page);

        var found = await FindAsync(server, int.MaxValue);

        Assert.Equal(page.Contains("[]", StringComparison.Ordinal) ? 0 : 2, found);
        Assert.Equal(requests, server.Requests);
    }

    [Fact]
    public async Task Find_PagesThatRepeatBeforeTheirCount_SaysWhatCannotBeRead()
    {
        var server = new Paging(_ => """{"count":40,"next":"https://x/?page=2","results":[{"id":1},{"id":2}]}""");

        var exception = await Assert.ThrowsAsync<ExportException>(() => FindAsync(server, int.MaxValue));

        Assert.Equal(ExportErrorCode.UnexpectedResponse, exception.Fault.Code);
        Assert.Contains("40 records but shows only 2", exception.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_PagesWithEverNewRecords_EndsInTime(bool withCount)
    {
        var time = new FakeTimeProvider { AutoAdvance = false };
        var server = new Paging(number =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var results = string.Join(',', Enumerable.Range(number * 10, 10).Select(id => $$"""{"id":{{id}}}"""));
            return $$"""{"count":{{(withCount ? "100" : "null")}},"next":"x","results":[{{results}}]}""";
        });

        if (withCount)
        {
            Assert.Equal(100, await FindAsync(server, int.MaxValue, time));
            return;
        }

        var exception = await Assert.ThrowsAsync<ExportException>(() => FindAsync(server, int.MaxValue, time));
        Assert.Equal((ExportErrorCode.Timeout, false), (exception.Fault.Code, exception.Fault.Recoverable));
        Assert.InRange(server.Requests, 300, 302);
    }

    [Fact]
    public async Task Find_WhileWhatItGivesIsRemoved_MissesNothing()
    {
        await using var bed = await CdcsBed.StartAsync();
        for (var number = 0; number < 47; number++)
        {
            bed.Server.Put($"record {number}", TestExports.Xml("x"));
        }

        using var catalog = new CdcsCatalog(CdcsBed.Settings(bed.Server.BaseUrl, bed.Server.Token), new DestinationServices());
        await foreach (var record in catalog.FindAsync(new() { Title = "record*" }, default))
        {
            bed.Server.Remove(int.Parse(record.Id, CultureInfo.InvariantCulture));
        }

        Assert.Empty(bed.Server.Records);
    }

    [Fact]
    public async Task Find_WhileRecordsAreMade_GivesEachOnce()
    {
        await using var bed = await CdcsBed.StartAsync();
        for (var number = 0; number < 25; number++)
        {
            bed.Server.Put($"record {number}", TestExports.Xml("x"));
        }

        using var catalog = new CdcsCatalog(CdcsBed.Settings(bed.Server.BaseUrl, bed.Server.Token), new DestinationServices());
        var ids = new List<string>();
        await foreach (var record in catalog.FindAsync(new(), default))
        {
            ids.Add(record.Id);
            if (ids.Count % 5 == 0)
            {
                bed.Server.Put("newer", TestExports.Xml("x"));
            }
        }

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Superset(
            Enumerable.Range(101, 25).Select(id => id.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal),
            ids.ToHashSet(StringComparer.Ordinal));
    }

    private static async Task<int> FindAsync(HttpMessageHandler server, int first, TimeProvider? time = null)
    {
        using var catalog = new CdcsCatalog(
            CdcsBed.Settings("https://server.example", "key"),
            new DestinationServices { HttpHandlerFactory = () => server, Time = time ?? TimeProvider.System });
        return await catalog.FindAsync(new() { First = first }, default).CountAsync();
    }

    private sealed class Paging(Func<int, string> page) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent(page(++Requests), Encoding.UTF8, "application/json"),
            });
    }
}
