using System.Globalization;
using System.Security.Cryptography;
using Replications.Datasets.Formats;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;
using Xunit.Abstractions;

namespace Replications.Datasets.Tests.Registry;

/// <summary>The registry against the real files, where this machine has them; where not, the reason is printed.</summary>
public sealed class RealDataTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _cache = new();

    public static TheoryData<string> Ids => [.. Catalogue.Entries.Select(e => e.Id)];

    public void Dispose() => _cache.Dispose();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Hashes_means_ranges_and_disjointness_hold(string id)
    {
        DataSetEntry entry = Catalogue.Find(id);
        if (RealData.Missing(entry) is { } why)
        {
            RealData.Tell(output, id, why);
            return;
        }

        Acquisition acquisition = new(new DataCache(_cache.Path), RealData.Mirror, new Dictionary<Origin, IFetcher>(), output.WriteLine);
        IReadOnlyList<SplitBytes> splits = SplitReading.Read(entry, acquisition, CancellationToken.None);
        Assert.Equal(entry.Splits, splits.Select(s => s.Entry));
        foreach (SplitBytes split in splits)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id} {split.Entry.Split} {split.Entry.Count} {split.Sha256}"));
            Assert.Equal(split.Sha256, Samples.Sha256(split.Examples));
            if (split.Entry.Count == split.Entry.Examples.Shape[0])
                Assert.Equal(split.Entry.Examples.Sha256, split.Sha256);
        }
    }

    [Fact]
    public void Every_source_of_a_file_that_the_mirror_has_decodes_to_the_same_bytes()
    {
        if (RealData.Mirror is null)
        {
            RealData.Tell(output, "all sources", "no mirror folder");
            return;
        }

        int tried = 0;
        foreach (DataFile file in Catalogue.Entries.SelectMany(e => e.Files).DistinctBy(f => f.Name))
        {
            foreach (Source source in file.Sources.Where(s => s.Decoder is not null))
            {
                if (Acquisition.InMirror(file, source, RealData.Mirror) is not { } path)
                    continue;
                Assert.Null(file.Problem(source.Decoder!.Decode(path, file)));
                output.WriteLine($"{file.Name}: {source}");
                tried++;
            }
        }

        Assert.NotEqual(0, tried);
    }

    [Fact]
    public void Double_precision_arrays_are_read()
    {
        string? path = RealData.Mirror is null ? null : Path.Combine(RealData.Mirror, "miniboone_head.sample.npy.gz");
        if (path is null || !File.Exists(path))
        {
            RealData.Tell(output, "miniboone_head.sample.npy.gz", "no mirror folder has it");
            return;
        }

        using MemoryStream stream = new(GzipReader.Read(File.ReadAllBytes(path), path, 1 << 20));
        DataArray array = NpyReader.Read(stream, path, 1 << 20);
        Assert.Equal(ElementType.Float64, array.Type);
        Assert.Equal([1523, 43], array.Shape);
        Assert.Equal("1e9888e9eda54a0bbdac5b93fcea4fe35541e1b6691114641917a620c133cba2", Convert.ToHexStringLower(SHA256.HashData(array.Bytes)));
    }
}
