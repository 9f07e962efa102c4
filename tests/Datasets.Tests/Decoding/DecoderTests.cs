using System.IO.Compression;
using System.Text;
using Replications.Datasets.Decoding;
using Replications.Datasets.Registry;
using Decoder = Replications.Datasets.Decoding.Decoder;

namespace Replications.Datasets.Tests.Decoding;

public sealed class DecoderTests : IDisposable
{
    private static readonly byte[] Bits = [0, 1, 1, 1, 0, 0];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bit_text_is_read_and_every_deviation_refused()
    {
        const string Text = "0 1 1\n1 0 0\n";
        Assert.Equal(Bits, Decode(new BitTextDecoder(' '), "a.amat", Text));
        Assert.Equal(Bits, Decode(new BitTextDecoder(','), "a.data", Text.Replace(' ', ',')));
        foreach (string bad in (string[])["0 1 1\n1 0 0", "0 1 1 1 0 0\n", "0 1 2\n1 0 0\n", "0 1 1\n1 0 0\n\n", "0,1,1\n1,0,0\n"])
            Refuses(new BitTextDecoder(' '), "a.amat", Encoding.ASCII.GetBytes(bad));
    }

    [Fact]
    public void Sparse_text_is_read_and_every_deviation_refused()
    {
        SparseTextDecoder all = new(2, _ => true);
        Assert.Equal(Bits, Decode(all, "w", "-1 2:1 3:1 \n+1 1:1 \n"));
        Assert.Equal(Bits, Decode(new SparseTextDecoder(3, row => row != 1), "w", "-1 2:1 3:1 \n-1 \n+1 1:1 \n"));
        foreach (string bad in (string[])["-1 2:1\n", "-1 2:1\n1 4:1\n", "-1 0:1\n1 1:1\n", "-1 2:2\n1 1:1\n", "-1 x\n1 1:1\n", "-1 :1\n1 1:1\n"])
            Refuses(all, "w", Encoding.ASCII.GetBytes(bad));
        Refuses(new SparseTextDecoder(3, _ => true), "w", "1\n1\n1\n"u8.ToArray());
    }

    [Fact]
    public void Npz_bits_are_read_and_other_values_refused()
    {
        byte[] sound = Npz("train_data.npy", Samples.Npy("<f4", "(2L, 3L)", Floats(0, 1, 1, 1, 0, 0)));
        Assert.Equal(Bits, new NpzBitsDecoder("train_data").Decode(_folder.File("a.npz", sound), Toy()));
        Refuses(new NpzBitsDecoder("train_data"), "a.npz", Npz("train_data.npy", Samples.Npy("<f4", "(2, 3)", Floats(0, 1, 0.5f, 1, 0, 0))));
        Refuses(new NpzBitsDecoder("train_data"), "a.npz", Npz("train_data.npy", Samples.Npy("|u1", "(2, 3)", Bits)));
        Refuses(new NpzBitsDecoder("train_data"), "a.npz", Npz("train_data.npy", Samples.Npy("<f4", "(3, 2)", Floats(0, 1, 1, 1, 0, 0))));
        Refuses(new NpzBitsDecoder("test_data"), "a.npz", sound);
        Refuses(new NpzBitsDecoder("train_data"), "a.npz", sound[..^30]);
        Refuses(new NpzBitsDecoder("train_data"), "a.npz", Npz("train_data.npy", Samples.Npy("<f4", "(100000, 100000)", [])));
    }

    [Fact]
    public void Json_labels_are_read_and_other_content_refused()
    {
        JsonLabelsDecoder decoder = new("package/labels.json");
        Assert.Equal(Bits, decoder.Decode(_folder.File("a.tgz", Tgz("package/labels.json", "[0,1,1,1,0,0]"u8)), Toy()));
        foreach (string bad in (string[])["[0,1,1,1,0]", "[0,1,1,1,0,256]", "[0,1,1,1,0,-1]", "{}", "[0,1,1", "[0,1,1,1,0,\"0\"]"])
            Refuses(decoder, "a.tgz", Tgz("package/labels.json", Encoding.ASCII.GetBytes(bad)));
    }

    [Fact]
    public void Cifar_batches_give_images_and_labels_and_a_short_one_is_refused()
    {
        byte[] batch = Samples.Bytes(2 * 3073);
        string archive = _folder.File("a.tar.gz", Tgz("b/1.bin", batch));
        DataFile images = Toy() with { Shape = [2, 3, 32, 32] };
        DataFile labels = Toy() with { Shape = [2] };
        Assert.Equal([.. batch[1..3073], .. batch[3074..]], new CifarBinaryDecoder(Labels: false, ["b/1.bin"]).Decode(archive, images));
        Assert.Equal([batch[0], batch[3073]], new CifarBinaryDecoder(Labels: true, ["b/1.bin"]).Decode(archive, labels));
        string cut = _folder.File("c.tar.gz", Tgz("b/1.bin", batch.AsSpan(0, 3073)));
        Assert.Throws<DataException>(() => new CifarBinaryDecoder(Labels: true, ["b/1.bin"]).Decode(cut, labels));
    }

    [Fact]
    public void Pixels_become_planes()
    {
        byte[] pixels = Samples.Bytes(2 * 3072);
        byte[] planes = new byte[pixels.Length];
        CifarPngDecoder.ToPlanes(pixels, planes);
        for (int image = 0; image < 2; image++)
        {
            for (int pixel = 0; pixel < 1024; pixel++)
            {
                for (int channel = 0; channel < 3; channel++)
                    Assert.Equal(pixels[(image * 3072) + (pixel * 3) + channel], planes[(image * 3072) + (channel * 1024) + pixel]);
            }
        }
    }

    [Fact]
    public void A_debian_package_that_is_none_is_refused() => Refuses(new IdxDecoder("usr/share/x"), "a.deb", Samples.Bytes(300));

    [Fact]
    public void Idx_of_another_shape_is_refused() => Refuses(new IdxDecoder(), "a", Samples.Idx([3, 2], Bits));

    private static DataFile Toy() => new() { Name = "toy.part", Shape = [2, 3], Sha256 = Samples.Sha256(Bits), Sources = [] };

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Tgz(string member, ReadOnlySpan<byte> content) => Samples.Gzip(Samples.Tar((member, content.ToArray())));

    private static byte[] Npz(string member, byte[] content)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry(member).Open();
            entry.Write(content);
        }

        return zip.ToArray();
    }

    private byte[] Decode(Decoder decoder, string name, string text)
    {
        DataFile file = Toy() with { Shape = [2, 3] };
        return decoder.Decode(_folder.File(name, Encoding.ASCII.GetBytes(text)), file);
    }

    private void Refuses(Decoder decoder, string name, byte[] content)
    {
        string path = _folder.File(name, content);
        Assert.Throws<DataException>(() => decoder.Decode(path, Toy()));
    }
}
