using System.Text;
using Replications.Training.Storage;

namespace Replications.Training.Tests.Storage;

public class WholeFileTests
{
    [Fact]
    public void A_fault_at_any_change_leaves_the_old_content_or_the_new()
    {
        int changes = 0;
        for (int works = 0; ; works++)
        {
            using var folder = new TemporaryFolder();
            string path = folder.File("a.json");
            WholeFile.Replace(Disk.Real, path, to => to.Write("old"u8));
            var disk = new FaultyDisk(works);
            Exception? thrown = Record.Exception(() => WholeFile.Replace(disk, path, to => to.Write("newer"u8)));
            string content = File.ReadAllText(path);
            if (!disk.Failed)
            {
                Assert.Null(thrown);
                Assert.Equal("newer", content);
                changes = works;
                break;
            }

            Assert.IsType<StorageException>(thrown);
            Assert.True(content is "old" or "newer", content);
        }

        // Create, write, flush, rename, flush the folder.
        Assert.Equal(5, changes);
    }

    [Theory]
    [InlineData(28, "no space left on the disk")]
    [InlineData(122, "the disk quota is used up")]
    [InlineData(30, "the file system is read-only")]
    [InlineData(5, "the disk failed")]
    public void The_error_names_reason_file_and_folder(int error, string reason)
    {
        using var folder = new TemporaryFolder();
        StorageException e = Assert.Throws<StorageException>(
            () => WholeFile.Replace(new FaultyDisk(1, error), folder.File("run.json"), to => to.Write("x"u8)));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Contains("run.json", e.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_permission_is_named()
    {
        using var folder = new TemporaryFolder();
        StorageException e = Assert.Throws<StorageException>(() => WholeFile.Replace(new ForbiddenDisk(), folder.File("run.json"), _ => { }));
        Assert.Contains("no permission to write", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_that_of_the_content()
    {
        using var folder = new TemporaryFolder();
        string text = new('x', 200_000);
        string hash = WholeFile.Replace(Disk.Real, folder.File("x"), to =>
        {
            to.Write(Encoding.ASCII.GetBytes(text[..7]));
            to.Write(Encoding.ASCII.GetBytes(text[7..]));
        });
        Assert.Equal(text, File.ReadAllText(folder.File("x")));
        Assert.Equal(WholeFile.Hash(folder.File("x")), hash);
    }

    private sealed class ForbiddenDisk : Disk
    {
        public override Stream Create(string path) => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
    }
}
