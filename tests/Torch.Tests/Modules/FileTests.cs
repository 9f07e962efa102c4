using Replications.Torch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Modules;

/// <summary>Weights in TorchSharp's file format.</summary>
public sealed class FileTests
{
    [Fact]
    public void WeightsComeBackAsTheyWere()
    {
        using var scope = NewDisposeScope();
        using Sequential saved = Net(1), loaded = Net(2);
        using var file = new MemoryStream();
        Write(saved, file);
        loaded.load(file);
        foreach ((string name, Tensor value) in saved.state_dict())
            Assert.Equal(value.Values(), loaded.state_dict()[name].Values());
    }

    // Written out by hand from the format's description: count, name, type, dimensions, sizes, little-endian elements.
    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        using var scope = NewDisposeScope();
        using var layer = new Linear2();
        using var file = new MemoryStream();
        Write(layer, file, close: false);
        byte[] expected =
        [
            1, 1, (byte)'w', 6, 2, 1, 2, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f),
        ];
        Assert.Equal(expected, file.ToArray());
    }

    [Fact]
    public void FilesThatDoNotFitAreRefused()
    {
        using var scope = NewDisposeScope();
        using Sequential saved = Net(1);
        using var file = new MemoryStream();
        Write(saved, file, close: false);
        using Linear other = nn.Linear(2, 2);
        Assert.Throws<ArgumentException>(() => other.load(Again(file)));
        using Sequential wider = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(5), nn.Linear(5, 2));
        Assert.Throws<ArgumentException>(() => wider.load(Again(file)));
        using Sequential same = Net(3);
        Assert.ThrowsAny<EndOfStreamException>(() => same.load(new MemoryStream(file.ToArray()[..^3])));
        Assert.Throws<InvalidOperationException>(() => other.load_state_dict(saved.state_dict()));
    }

    [Fact]
    public void SkippedAndUnknownEntriesAreLeftAlone()
    {
        using var scope = NewDisposeScope();
        using Sequential saved = Net(1), loaded = Net(2);
        using var file = new MemoryStream();
        Write(saved, file, close: false);
        double[] before = loaded.get_parameter("0.weight")!.Values();
        var seen = new Dictionary<string, bool>();
        loaded.load(Again(file), skip: ["0.weight"], loadedParameters: seen);
        Assert.Equal(before, loaded.get_parameter("0.weight")!.Values());
        Assert.Equal(saved.get_parameter("2.weight")!.Values(), loaded.get_parameter("2.weight")!.Values());
        Assert.Equal(saved.state_dict().Keys, seen.Keys);
        (IList<string> missing, IList<string> unexpected) = loaded.load_state_dict(new() { ["2.bias"] = zeros(2), ["x"] = zeros(1) }, strict: false);
        Assert.Equal(["x"], unexpected);
        Assert.Equal(saved.state_dict().Count - 1, missing.Count);
    }

    [Fact]
    public void TensorsHaveFilesOfTheirOwn()
    {
        using var scope = NewDisposeScope();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Tensor tensor = Fixture.Grid(3, 4).bfloat16();
            save(tensor, path);
            Tensor loaded = load(path);
            Assert.Equal(ScalarType.BFloat16, loaded.dtype);
            Assert.Equal(tensor.Values(), loaded.Values());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Sequential Net(long seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5), nn.Linear(5, 2));
    }

    private static void Write(nn.Module module, MemoryStream file, bool close = true)
    {
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
            module.save(writer);
        if (close)
            file.Position = 0;
    }

    private static MemoryStream Again(MemoryStream file) => new(file.ToArray());

    private sealed class Linear2 : nn.Module
    {
        private readonly Parameter w = nn.Parameter(tensor(new[,] { { 1.5f, -2f } }));

        public Linear2()
            : base(nameof(Linear2)) => RegisterComponents();
    }
}
