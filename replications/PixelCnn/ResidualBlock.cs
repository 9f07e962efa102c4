using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>The block of a PixelCNN (figure 5, left): <c>x + W3 relu(W2 * relu(W1 relu(x)))</c>, 2h wide outside and h inside, W2 3 x 3, mask B.</summary>
public sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly MaskedConv2d down;
    private readonly MaskedConv2d across;
    private readonly MaskedConv2d up;

    /// <summary>Makes a block.</summary>
    /// <param name="h">h.</param>
    /// <param name="colours">C.</param>
    public ResidualBlock(int h, int colours)
        : base(nameof(ResidualBlock))
    {
        down = new MaskedConv2d(2 * h, h, (1, 1), colours, rectified: true);
        across = new MaskedConv2d(h, h, (3, 3), colours, rectified: true);
        // A block adds a quarter of the variance that comes in.
        up = new MaskedConv2d(h, 2 * h, (1, 1), colours, gain: 0.5, rectified: true);
        RegisterComponents();
    }

    /// <summary>Its weights and biases as they are applied, in the order of the formula.</summary>
    public IEnumerable<Tensor> Weights => [down.Weight, down.Bias!, across.Weight, across.Bias!, up.Weight, up.Bias!];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor inner = down.call(functional.relu(input));
        inner = across.call(functional.relu(inner));
        return input + up.call(functional.relu(inner));
    }

    /// <summary>The block pixel by pixel.</summary>
    /// <param name="images">As in <see cref="PixelNetwork.Walk"/>.</param>
    internal IWalk Walk(Tensor images) => new ResidualWalk(new ConvolutionWalk(down, images), new ConvolutionWalk(across, images), new ConvolutionWalk(up, images));

    private sealed class ResidualWalk(ConvolutionWalk down, ConvolutionWalk across, ConvolutionWalk up) : IWalk
    {
        public Tensor? Row(Tensor? vertical) => across.Row(vertical);

        public Tensor Pixel(Tensor x, int j)
        {
            Tensor inner = down.Pixel(functional.relu(x), j);
            inner = across.Pixel(functional.relu(inner), j);
            return x + up.Pixel(functional.relu(inner), j);
        }
    }
}
