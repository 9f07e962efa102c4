using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused.Stacks;

/// <summary>Layers one after another and the sum of matrices after the last of them: what such an operator is given, and its plain form.</summary>
/// <param name="Streams">What goes through the layers; the matrices are on the last.</param>
/// <param name="Layers">Of each layer in turn.</param>
/// <param name="Connected">Matrices.</param>
/// <param name="Bias">Of their sum.</param>
public abstract record StackCase(Tensor[] Streams, Tensor[] Layers, Tensor[] Connected, Tensor Bias)
{
    public const long Head = 32;

    /// <summary>Tensors of a layer.</summary>
    public abstract int TensorsOfLayer { get; }

    /// <summary>Whether its kernels multiply in bfloat16 where that is cast to automatically.</summary>
    public virtual bool HasBfloat16 => true;

    public IReadOnlyList<Tensor> All => [.. Streams, .. Layers, .. Connected, Bias];

    public abstract Tensor Fused();

    public Tensor Plain()
    {
        int layers = Layers.Length / TensorsOfLayer;
        Tensor[] streams = Streams;
        Tensor sum = Bias.reshape(1, -1, 1, 1);
        for (int l = 0; l < layers; l++)
        {
            streams = Layer(streams, Layers[(TensorsOfLayer * l)..(TensorsOfLayer * (l + 1))]);
            if (l >= layers - Connected.Length)
                sum += nn.functional.conv2d(nn.functional.relu(streams[^1]), Connected[l - layers + Connected.Length]);
        }

        return sum;
    }

    /// <summary>Gradients in the order of <see cref="All"/>, those of masked weights left out.</summary>
    public IEnumerable<Tensor> Used(IEnumerable<Tensor> gradients) => gradients.Select((g, n) =>
        n >= Streams.Length && n < Streams.Length + Layers.Length ? Used((n - Streams.Length) % TensorsOfLayer, g) : g);

    /// <summary>One layer as the paper has it.</summary>
    /// <param name="streams">Before it.</param>
    /// <param name="weights">Its tensors.</param>
    /// <returns>After it.</returns>
    protected abstract Tensor[] Layer(Tensor[] streams, Tensor[] weights);

    /// <summary>The part of a gradient that is not of masked weights.</summary>
    /// <param name="place">Of the weight among the tensors of its layer.</param>
    /// <param name="gradient">All of it.</param>
    protected virtual Tensor Used(int place, Tensor gradient) => gradient;

    protected static Tensor Leaf(ScalarType type, params long[] shape) =>
        (randn(shape, ScalarType.Float64) / Math.Sqrt(shape.Length > 1 ? shape[1] * shape[2] : 4)).to(type).requires_grad_();

    /// <summary>A weight [outputs, inputs, rows, columns] of which the first taps alone are not zero.</summary>
    protected static Tensor Masked(ScalarType type, int taps, params long[] shape)
    {
        Tensor keep = (arange(shape[2] * shape[3]) < taps).to(type).reshape(1, 1, shape[2], shape[3]);
        return (Leaf(type, shape).detach() * keep).requires_grad_();
    }

    protected static Tensor Images(ScalarType type, long features, long height, long width) =>
        randn([3, features, height, width], ScalarType.Float64).to(type).requires_grad_();

    protected static Tensor[] Matrices(ScalarType type, int count, long head, long features) => [.. Enumerable.Range(0, count).Select(_ => Leaf(type, head, features, 1, 1))];

    protected static Tensor[] Repeat(int layers, Func<IEnumerable<Tensor>> layer) => [.. Enumerable.Range(0, layers).SelectMany(_ => layer())];
}
