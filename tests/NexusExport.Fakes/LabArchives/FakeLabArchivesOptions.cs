namespace NexusExport.Fakes.LabArchives;

/// <summary>How a fake LabArchives is set up.</summary>
public sealed record FakeLabArchivesOptions : FakeServerOptions
{
    public string AccessKeyId { get; init; } = "nexus_lab";

    public string AccessPassword { get; init; } = "h0rse+battery/staple=";

    public string UserId { get; init; } = "285489257Ho's9^Lt4116011183268315271";

    public string NotebookId { get; init; } = "NDYyMjIuOHwzNTU1Ni8zNTU1Ni9Ob3RlYm9va";

    /// <summary>The world's time, which spacing is measured by and the server's own clock is derived from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>HTTP status of its errors; sources disagree, some say 200.</summary>
    public int ErrorStatus { get; init; } = 400;

    /// <summary>Errors stand inside a response element, spelt code and msg; else they are the root.</summary>
    public bool NestedErrors { get; init; }

    /// <summary>Code of the error for a signature out of date; sources disagree.</summary>
    public int OutOfDateCode { get; init; } = 4520;

    /// <summary>Where captions of attachments are told in the entries of a page.</summary>
    public FakeLabArchivesCaptions Captions { get; init; }

    /// <summary>Sizes of attachments are told.</summary>
    public bool TellsSizes { get; init; } = true;

    /// <summary>Answers repeat the request, before their data.</summary>
    public bool EchoesRequests { get; init; } = true;

    /// <summary>Elements come in the other order.</summary>
    public bool ReversesElements { get; init; }

    /// <summary>Attachments are cut at so many bytes when they are stored.</summary>
    public int? CutsFilesAt { get; init; }

    /// <summary>Attributes are taken out of the HTML of entries.</summary>
    public bool StripsAttributes { get; init; }

    /// <summary>Largest attachment in bytes.</summary>
    public long MaxFileSize { get; init; } = 250L * 1024 * 1024;

    /// <summary>Told of every folder: whether the account may write there.</summary>
    public bool Writable { get; init; } = true;
}
