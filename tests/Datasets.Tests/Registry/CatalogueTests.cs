using System.Text.RegularExpressions;
using Replications.Datasets.Registry;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Tests.Registry;

public sealed partial class CatalogueTests
{
    [Fact]
    public void Ids_are_lower_case_with_dashes_and_unique()
    {
        string[] ids = [.. Catalogue.Entries.Select(e => e.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", id));
    }

    [Theory]
    [InlineData("mnist", "60000/10000")]
    [InlineData("mnist-50k", "50000/10000/10000")]
    [InlineData("mnist-dynamic", "50000/10000/10000")]
    [InlineData("mnist-binarized", "50000/10000/10000")]
    [InlineData("fashion-mnist", "60000/10000")]
    [InlineData("cifar10", "50000/10000")]
    [InlineData("uci-adult", "5000/1414/26147")]
    [InlineData("uci-connect4", "16000/4000/47557")]
    [InlineData("uci-dna", "1400/600/1186")]
    [InlineData("uci-mushrooms", "2000/500/5624")]
    [InlineData("uci-nips", "400/100/1240")]
    [InlineData("uci-ocr-letters", "32152/10000/10000")]
    [InlineData("uci-web", "14000/3188/32561")]
    [InlineData("caltech101-silhouettes", "4100/2264/2307")]
    [InlineData("omniglot28", "24345/8115")]
    [InlineData("freyfaces", "1965")]
    [InlineData("bsds300-gray", "200/100")]
    [InlineData("redwine", "1599")]
    public void Splits_have_the_sizes_of_the_papers(string id, string counts) =>
        Assert.Equal(counts, string.Join('/', Catalogue.Find(id).Splits.OrderBy(s => s.Split).Select(s => FormattableString.Invariant($"{s.Count}"))));

    [Fact]
    public void Every_entry_is_whole()
    {
        foreach (DataSetEntry entry in Catalogue.Entries)
        {
            Assert.NotEmpty(entry.Licence);
            long example = entry.Shape.Aggregate(1L, (a, b) => a * b);
            Assert.Equal(entry.Splits.Count, entry.Splits.Select(s => s.Split).Distinct().Count());
            foreach (SplitEntry split in entry.Splits)
            {
                Assert.Equal(example, split.Examples.Shape.Skip(1).Aggregate(1L, (a, b) => a * b));
                Assert.InRange(split.First + split.Count, 1, split.Examples.Shape[0]);
                Assert.True(split.Labels is null || split.Labels.Shape[0] == split.Examples.Shape[0]);
                Assert.Equal(entry.Labels is null, split.Labels is null);
            }

            foreach (DataFile file in entry.Files)
            {
                Assert.Matches(Hash(), file.Sha256);
                Assert.Contains(file.Sources, s => s.Unread is null);
            }
        }
    }

    [Fact]
    public void Every_file_has_one_name_and_one_hash()
    {
        DataFile[] files = [.. Catalogue.Entries.SelectMany(e => e.Files)];
        Assert.All(files.GroupBy(f => f.Name), g => Assert.Single(g.Select(f => f.Sha256).Distinct()));
        Assert.All(files.GroupBy(f => f.Sha256), g => Assert.Single(g.Select(f => f.Name).Distinct()));
    }

    [Theory]
    [InlineData("mnist-binarised", "mnist-binarized")]
    [InlineData("cifar-10", "cifar10")]
    [InlineData("Adult", "uci-adult")]
    [InlineData("fashionmnist", "fashion-mnist")]
    public void An_unknown_id_is_answered_with_the_nearest(string asked, string nearest)
    {
        DataException e = Assert.Throws<DataException>(() => Catalogue.Find(asked));
        Assert.Equal(asked, e.Where);
        Assert.Contains($"'{nearest}'", e.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_are_named_with_version_and_checksum() =>
        Assert.All(
            Catalogue.Entries.SelectMany(e => e.Files).SelectMany(f => f.Sources).Where(s => s.Origin is Origin.Npm or Origin.Debian),
            s => Assert.True(s.Integrity.Length > 0 && s.Locator.Any(char.IsAsciiDigit)));

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
