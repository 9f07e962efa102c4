using System.Formats.Tar;
using System.Text;
using Replications.Datasets.Formats;

namespace Replications.Datasets.Tests.Formats;

public sealed class TarMembersTests
{
    private static readonly byte[] Content = Samples.Bytes(700);

    [Fact]
    public void Reads_members_in_the_order_asked()
    {
        byte[] archive = Samples.Tar(("package/a", [1]), ("./package/b", Content), ("package/c", [3]));
        IReadOnlyList<byte[]> found = Read(archive, "package/c", "package/b");
        Assert.Equal([3], found[0]);
        Assert.Equal(Content, found[1]);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("package/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData("package\\..\\x")]
    public void Refuses_an_archive_with_a_path_that_leaves_it(string path)
    {
        byte[] archive = Samples.Tar(("package/a", [1]), (path, [2]));
        Assert.Contains("points outside", Refused(archive, "package/a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_links_in_place_of_a_member()
    {
        foreach (TarEntryType type in (TarEntryType[])[TarEntryType.SymbolicLink, TarEntryType.HardLink])
        {
            using MemoryStream archive = new();
            using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
                writer.WriteEntry(new UstarTarEntry(type, "package/a") { LinkName = "/etc/passwd" });
            Assert.Contains("expected a regular file", Refused(archive.ToArray(), "package/a"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_a_missing_and_a_doubled_member()
    {
        Assert.Contains("holds no 'package/b'", Refused(Samples.Tar(("package/a", [1])), "package/b"), StringComparison.Ordinal);
        Assert.Contains("twice", Refused(Samples.Tar(("package/a", [1]), ("./package/a", [2])), "package/a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_oversized_member() =>
        Assert.Contains("oversized", Refused(Samples.Tar(("package/a", new byte[1001])), "package/a"), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_declared_size_far_beyond_the_archive()
    {
        byte[] archive = Samples.Tar(("package/a", [1]));
        Encoding.ASCII.GetBytes("77777777777\0").CopyTo(archive, 124);
        FixChecksum(archive);
        Refused(archive, "package/b");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(800)]
    [InlineData(1200)]
    public void Refuses_an_archive_cut_short(int length) => Refused(Samples.Tar(("package/a", Content))[..length], "package/a");

    [Fact]
    public void A_flipped_bit_in_a_header_is_refused_by_name_or_does_not_matter()
    {
        byte[] archive = Samples.Tar(("package/a", Content));
        int refused = 0;
        for (int bit = 0; bit < 8 * 512; bit++)
        {
            byte[] damaged = [.. archive];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Read(damaged, "package/a");
            }
            catch (DataException e)
            {
                Assert.Equal("package.tgz", e.Where);
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    private static IReadOnlyList<byte[]> Read(byte[] archive, params string[] members) =>
        TarMembers.Read(new MemoryStream(archive), "package.tgz", members, 1000);

    private static string Refused(byte[] archive, params string[] members)
    {
        DataException e = Assert.Throws<DataException>(() => Read(archive, members));
        Assert.Equal("package.tgz", e.Where);
        return e.What;
    }

    private static void FixChecksum(byte[] archive)
    {
        archive.AsSpan(148, 8).Fill((byte)' ');
        int sum = archive.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(archive, 148);
    }
}
