using BenchmarkDotNet.Attributes;
using Replications.PixelCnnPlusPlus;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Parts;

/// <summary>A pixel of one 32 x 32 image drawn by PixelCNN++ with 160 filters: the last row pixel by pixel from whole passes, and a whole image with what is known kept.</summary>
public class SamplingBenchmarks : IDisposable
{
    private const int Side = 32;

    private readonly PixelCnnPlusPlusNetwork _network;
    private readonly LogisticMixture _likelihood;
    private readonly torch.Tensor _start = torch.zeros(1, 3, Side, Side);
    private readonly torch.Tensor _noise = torch.rand(1, 4, Side, Side);
    private readonly EvaluationContext _context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    public SamplingBenchmarks()
    {
        var recipe = new PixelCnnPlusPlusRecipe { Filters = 160 };
        _network = new PixelCnnPlusPlusNetwork(recipe, 3);
        _likelihood = new LogisticMixture(recipe.Mixtures, 3);
        _network.eval();
    }

    /// <summary>Both draw the last row from the same start and noise. Floating point differs between them, so a value may fall into the neighbouring one of 256.</summary>
    /// <exception cref="InvalidOperationException">They draw something else.</exception>
    [GlobalSetup]
    public void DrawsTheSame()
    {
        using torch.Tensor naive = new NaiveSampler(_network, _likelihood).Complete(_start, Side - 1, _noise, null, _context);
        using torch.Tensor cached = new CachedSampler(_network, _likelihood).Complete(_start, Side - 1, _noise, null, _context);
        using torch.Tensor difference = (naive - cached).abs().narrow(2, Side - 1, 1);
        double largest = difference.max().ToDouble();
        Console.WriteLine($"// last row: {(difference == 0).sum().ToInt64()} of {3 * Side} values are the same, largest difference {largest}");
        if (largest > 1)
            throw new InvalidOperationException($"the samplers differ by {largest} of 256 values");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Side)]
    public void Naive()
    {
        using torch.Tensor drawn = new NaiveSampler(_network, _likelihood).Complete(_start, Side - 1, _noise, null, _context);
    }

    [Benchmark(OperationsPerInvoke = Side * Side)]
    public void Cached()
    {
        using torch.Tensor drawn = new CachedSampler(_network, _likelihood).Complete(_start, 0, _noise, null, _context);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _network.Dispose();
        _start.Dispose();
        _noise.Dispose();
    }
}
