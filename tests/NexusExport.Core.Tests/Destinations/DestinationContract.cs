namespace NexusExport.Tests.Destinations;

/// <summary>What <see cref="IExportDestination"/> promises, tested for every implementation: derive, and add only what is its own.</summary>
public abstract class DestinationContract : IAsyncLifetime
{
    /// <summary>The destination under test, new for each test.</summary>
    protected abstract IExportDestination Destination { get; }

    /// <summary>Contents that the far side holds now, in any order.</summary>
    protected abstract IReadOnlyList<byte[]> Stored();

    /// <summary>What people do before an upload is in its place, for example merge it. Mostly nothing.</summary>
    protected virtual void Settle()
    {
    }

    public abstract Task InitializeAsync();

    public virtual async Task DisposeAsync() => await Destination.DisposeAsync();

    [Fact]
    public void ValidateConfiguration_OfAGoodOne_FindsNothing() => Assert.Empty(Destination.ValidateConfiguration());

    [Fact]
    public async Task TestConnection_OfAGoodOne_LeavesNothingBehind()
    {
        var report = await Destination.TestConnectionAsync(default);

        Assert.Contains("write", report.Permissions, StringComparer.Ordinal);
        Assert.NotEmpty(report.Message);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_OfARecord_StoresItsBytesAndTellsWhere()
    {
        var context = TestExports.Context();

        var receipt = await Destination.UploadAsync(context, default);

        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
        Assert.True(receipt.IsComplete);
        Assert.Equal(context.Document.Content.Bytes.Length, receipt.BytesSent);
        Assert.False(string.IsNullOrEmpty(receipt.RecordId));
        Assert.True(Uri.TryCreate(receipt.RecordUrl, UriKind.Absolute, out _));
    }

    [Fact]
    public async Task Find_AfterAnUpload_GivesTheSameRecord()
    {
        if (!Destination.Capabilities.CanFind)
        {
            Assert.Null(await Destination.FindAsync(TestExports.Context(), default));
            return;
        }

        var uploaded = await Destination.UploadAsync(TestExports.Context(), default);

        var found = await Destination.FindAsync(TestExports.Context(), default);

        Assert.Equal(uploaded.RecordId, found?.RecordId);
        Assert.Equal(uploaded.RecordUrl, found?.RecordUrl);
        Assert.True(found?.IsComplete);
        Assert.Equal(0, found?.BytesSent);
    }

    /// <summary>What is exported need not be a record: user, instrument and times are not known then.</summary>
    [Fact]
    public async Task Upload_OfADocumentWithoutARecord_IsStoredAndFound()
    {
        var context = TestExports.WithoutRecord();

        var uploaded = await Destination.UploadAsync(context, default);

        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
        Assert.True(uploaded.IsComplete);
        if (Destination.Capabilities.CanFind)
        {
            var found = await Destination.FindAsync(context, default);
            Assert.Equal((Identity(uploaded), true), (Identity(found), found?.IsComplete));
        }

        if (Destination is IListsContent lister)
        {
            var listing = await lister.ListContentAsync(new ListingBudget(1000, 0), default);
            AssertListed(uploaded, listing!.Find(context));
        }
    }

    [Fact]
    public async Task Find_OfOtherContentUnderTheSameName_FindsNothing()
    {
        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Null(await Destination.FindAsync(TestExports.Context(text: "other"), default));
    }

    [Fact]
    public async Task Find_BeforeAnUpload_FindsNothing() => Assert.Null(await Destination.FindAsync(TestExports.Context(), default));

    [Fact]
    public async Task Fetch_AfterAnUpload_GivesItsContent()
    {
        var context = TestExports.Context();
        Assert.Null(await Destination.FetchExistingAsync(context.Document.FileName, default));
        await Destination.UploadAsync(context, default);
        Settle();

        var fetched = await Destination.FetchExistingAsync(context.Document.FileName, default);

        Assert.Equal(Destination.Capabilities.CanFetch, fetched is not null);
        Assert.Equal(Destination.Capabilities.CanFetch ? context.Document.Content.Bytes.ToArray() : null, fetched?.ToArray());
    }

    [Fact]
    public async Task Upload_CancelledBeforehand_SendsNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Destination.UploadAsync(TestExports.Context(), cancelled.Token));

        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Undo_OfAnUpload_TakesItBackOrSaysThatItCannot()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        if (!Destination.Capabilities.CanUndo)
        {
            var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));
            Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
            return;
        }

        await Destination.UndoAsync(receipt, default);
        Assert.Empty(Stored());

        // Gone already counts as taken back.
        await Destination.UndoAsync(receipt, default);
    }

    [Fact]
    public async Task Upload_OfManyAtOnce_StoresEachOnce()
    {
        var contexts = Enumerable.Range(0, 20).Select(number => TestExports.Context($"record_{number}.xml", $"text {number}")).ToList();

        await Task.WhenAll(contexts.Select(context => Destination.UploadAsync(context, default)));

        Assert.Equal(
            contexts.Select(context => Convert.ToHexString(context.Document.Content.Bytes.Span)).Order(StringComparer.Ordinal),
            Stored().Select(Convert.ToHexString).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether each record has a web address of its own; false where the far side tells only that of the whole.</summary>
    protected virtual bool HasAddressOfEach => true;

    /// <summary>Two folders with a file of one name, and names that are one to some system that a destination may be copied to.</summary>
    [Theory]
    [InlineData("rec.xml", "rec.xml")]
    [InlineData("rec?.xml", "rec_.xml")]
    [InlineData("rec<.xml", "rec>.xml")]
    [InlineData("r\u00e9c.xml", "re\u0301c.xml")]
    [InlineData("rec.xml", "REC.XML")]
    [InlineData("a/rec.xml", "b/rec.xml")]
    [InlineData("rec.xml", "rec.xml .")]
    public async Task Upload_OfTwoSessionsUnderOneName_KeepsAndFindsBoth(string firstName, string secondName)
    {
        var first = TestExports.Context(firstName, "first", session: "204");
        var second = TestExports.Context(secondName, "second", session: "205");

        var receipts = new[] { await Destination.UploadAsync(first, default), await Destination.UploadAsync(second, default) };

        Assert.Equal(
            new[] { first, second }.Select(context => Convert.ToHexString(context.Document.Content.Bytes.Span)).Order(StringComparer.Ordinal),
            Stored().Select(Convert.ToHexString).Order(StringComparer.Ordinal));
        Assert.NotEqual(Identity(receipts[0]), Identity(receipts[1]));
        Assert.Equal(HasAddressOfEach, receipts[0].RecordUrl != receipts[1].RecordUrl);
        if (Destination.Capabilities.CanFind)
        {
            Assert.Equal(Identity(receipts[0]), Identity(await Destination.FindAsync(first, default)));
            Assert.Equal(Identity(receipts[1]), Identity(await Destination.FindAsync(second, default)));
        }
    }

    /// <summary>What is there is known in bulk, as FindAsync knows it one by one. A plugin that does not list has nothing to hold here.</summary>
    [Fact]
    public async Task List_AfterUploads_KnowsThemAndNothingElse()
    {
        var exported = new List<(ExportContext Context, DestinationReceipt Receipt)>();
        foreach (var number in Enumerable.Range(0, 3))
        {
            var context = TestExports.Context($"record_{number}.xml", $"text {number}", session: $"session-{number}");
            exported.Add((context, await Destination.UploadAsync(context, default)));
        }

        if (Destination is IListsContent lister)
        {
            var listing = await lister.ListContentAsync(new ListingBudget(1000, 0), default);

            Assert.NotNull(listing);
            Assert.All(exported, export => AssertListed(export.Receipt, listing.Find(export.Context)));
            Assert.Null(listing.Find(TestExports.Context("record_0.xml", "other", session: "session-0")).Receipt);
            Assert.Null(listing.Find(TestExports.Context("record_9.xml", "text 9", session: "session-9")).Receipt);
        }
    }

    [Fact]
    public async Task List_WhereNothingIs_FindsNothing()
    {
        if (Destination is IListsContent lister)
        {
            // With any budget: a listing of nothing costs no more than one look-up.
            var listing = await lister.ListContentAsync(new ListingBudget(1, 0), default);

            Assert.Null(listing?.Find(TestExports.Context()).Receipt);
        }

        Assert.Empty(Stored());
    }

    private static (string? Id, string? Url) Identity(DestinationReceipt? receipt) => (receipt?.RecordId, receipt?.RecordUrl);

    // A listing that is not sure leaves it to a look-up; one that is gives what that would give.
    private static void AssertListed(DestinationReceipt uploaded, ListedContent listed)
    {
        Assert.True(listed.MayBeThere);
        if (listed.Receipt is { } receipt)
        {
            Assert.Equal((uploaded.RecordUrl, true, 0), (receipt.RecordUrl, receipt.IsComplete, receipt.BytesSent));
            Assert.False(string.IsNullOrEmpty(receipt.RecordId));
        }
    }
}
