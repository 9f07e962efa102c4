using BenchmarkDotNet.Attributes;
using Replications.PixelCnn;
using Replications.PixelCnnPlusPlus;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Parts;

/// <summary>A pixel of one 32 x 32 image in colour: the last row pixel by pixel from whole passes, and a whole image with what is known kept.</summary>
public class SamplingBenchmarks : IDisposable
{
    private const int Side = 32;

    private static readonly EvaluationContext Context = new(1, 0, final: true, (_, _) => { }, CancellationToken.None);

    private readonly torch.Tensor _start = torch.zeros(1, 3, Side, Side);
    private readonly torch.Tensor _noise = torch.rand(1, 4, Side, Side);
    private ISampled? _sampled;

    /// <summary>PixelCNN++ with 160 filters; PixelCNN and Gated PixelCNN with 15 layers, h = 128 and a head of 1024 features.</summary>
    [Params("pixelcnnplusplus", "pixelcnn", "gated")]
    public string Network { get; set; } = "";

    /// <summary>Both draw the last row from the same start and noise. Floating point differs between them, so a value may fall into the neighbouring one of 256.</summary>
    /// <exception cref="InvalidOperationException">They draw something else.</exception>
    [GlobalSetup]
    public void DrawsTheSame()
    {
        _sampled = Network == "pixelcnnplusplus"
            ? new PixelCnnPlusPlusSampled()
            : new PixelCnnSampled(Network == "gated" ? PixelNetworkKind.Gated : PixelNetworkKind.PixelCnn);
        using torch.Tensor naive = _sampled.Naive(_start, Side - 1, _noise);
        using torch.Tensor cached = _sampled.Cached(_start, Side - 1, _noise);
        using torch.Tensor difference = (naive - cached).abs().narrow(2, Side - 1, 1);
        double largest = difference.max().ToDouble();
        Console.WriteLine($"// last row: {(difference == 0).sum().ToInt64()} of {3 * Side} values are the same, largest difference {largest}");
        if (largest > 1)
            throw new InvalidOperationException($"the samplers differ by {largest} of 256 values");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Side)]
    public void Naive()
    {
        using torch.Tensor drawn = _sampled!.Naive(_start, Side - 1, _noise);
    }

    [Benchmark(OperationsPerInvoke = Side * Side)]
    public void Cached()
    {
        using torch.Tensor drawn = _sampled!.Cached(_start, 0, _noise);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _sampled?.Dispose();
        _start.Dispose();
        _noise.Dispose();
    }

    /// <summary>A network with its two samplers; noise has room for four numbers at a pixel.</summary>
    private interface ISampled : IDisposable
    {
        torch.Tensor Naive(torch.Tensor start, int rows, torch.Tensor noise);

        torch.Tensor Cached(torch.Tensor start, int rows, torch.Tensor noise);
    }

    private sealed class PixelCnnPlusPlusSampled : ISampled
    {
        private readonly PixelCnnPlusPlusNetwork _network;
        private readonly LogisticMixture _likelihood;

        public PixelCnnPlusPlusSampled()
        {
            var recipe = new PixelCnnPlusPlusRecipe { Filters = 160 };
            _network = new PixelCnnPlusPlusNetwork(recipe, 3);
            _likelihood = new LogisticMixture(recipe.Mixtures, 3);
            _network.eval();
        }

        public torch.Tensor Naive(torch.Tensor start, int rows, torch.Tensor noise) =>
            new PixelCnnPlusPlus.NaiveSampler(_network, _likelihood).Complete(start, rows, noise, null, Context);

        public torch.Tensor Cached(torch.Tensor start, int rows, torch.Tensor noise) =>
            new PixelCnnPlusPlus.CachedSampler(_network, _likelihood).Complete(start, rows, noise, null, Context);

        public void Dispose() => _network.Dispose();
    }

    private sealed class PixelCnnSampled : ISampled
    {
        private static readonly ImageShape Shape = new(3, Side, Side);

        private readonly PixelNetwork _network;
        private readonly PixelLikelihood _likelihood;

        public PixelCnnSampled(PixelNetworkKind kind)
        {
            var recipe = new PixelRecipe { Network = kind, Output = PixelOutput.Softmax256, Layers = 15, Hidden = 128, HeadWidth = 1024 };
            _network = PixelNetwork.Of(recipe, Shape);
            _likelihood = new PixelLikelihood(recipe.Output, Shape);
        }

        public torch.Tensor Naive(torch.Tensor start, int rows, torch.Tensor noise) =>
            new PixelCnn.NaiveSampler(_network, _likelihood, Shape).Complete(start, rows, noise, null, Context);

        public torch.Tensor Cached(torch.Tensor start, int rows, torch.Tensor noise) =>
            new PixelCnn.CachedSampler(_network, _likelihood, Shape).Complete(start, rows, noise, null, Context);

        public void Dispose() => _network.Dispose();
    }
}
