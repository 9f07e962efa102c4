using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// A layer with weight normalisation (Salimans and Kingma 2016): <c>W = g V / ||V||</c>, a direction and a length for each output. The official
/// code draws V from N(0, 0.05), the standard deviation being 0.05, and takes g and b from a first batch (pixel_cnn_pp/nn.py).
/// </summary>
public abstract class WeightNormLayer : Module<Tensor, Tensor>
{
    // Added to a variance that is divided by (pixel_cnn_pp/nn.py). When the paper came out the code had this in 1 x 1 layers and 1e-8 in convolutions; since
    // 2010d6d (2018-01-08) it has this in all.
    private const double Epsilon = 1e-10;

    private readonly Parameter v;
    private readonly Parameter g;
    private readonly Parameter b;
    private readonly int _outputAxis;
    private readonly double _initialScale;

    /// <summary>Makes a layer whose outputs have a random direction and a length of one.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="shape">Shape of V, four axes.</param>
    /// <param name="outputAxis">The axis of <paramref name="shape"/> that outputs are counted along.</param>
    /// <param name="initialScale">Standard deviation of each output over the first batch.</param>
    protected WeightNormLayer(string name, long[] shape, int outputAxis, double initialScale)
        : base(name)
    {
        _outputAxis = outputAxis;
        _initialScale = initialScale;
        v = Parameter(init.normal_(empty(shape), 0, 0.05));
        g = Parameter(ones(shape[outputAxis]));
        b = Parameter(zeros(shape[outputAxis]));
        RegisterComponents();
    }

    /// <summary>V, and g <c>[outputs]</c>.</summary>
    public (Tensor V, Tensor G) DirectionsAndLengths => (v, g);

    /// <summary>The weight as it is applied, of the shape of V.</summary>
    public Tensor Weight => FusedLayers.WeightNorm(v, g, _outputAxis);

    /// <summary>The bias, <c>[outputs]</c>.</summary>
    public Tensor Bias => b;

    /// <summary>
    /// Chooses g and b such that each output has mean 0 and the layer's initial scale as standard deviation over these inputs. An output that does
    /// not vary keeps its length: in an image of a few pixels a stage may see nothing but padding.
    /// </summary>
    /// <param name="input">Inputs of the first batch, <c>[N, inputs, H, W]</c>.</param>
    /// <returns>The outputs after the choice.</returns>
    public Tensor Initialise(Tensor input)
    {
        using (no_grad())
        {
            Tensor before = forward(input);
            Tensor variance = before.var([0, 2, 3], unbiased: false);
            Tensor scale = where(variance > Epsilon, _initialScale * (variance + Epsilon).rsqrt(), ones_like(variance));
            g.mul_(scale);
            b.sub_(before.mean([0, 2, 3])).mul_(scale);
        }

        return forward(input);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Apply(input, Weight, b);

    /// <summary>Applies a weight and a bias.</summary>
    /// <param name="input"><c>[N, inputs, H, W]</c>.</param>
    /// <param name="weight">Of the shape of V.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    protected abstract Tensor Apply(Tensor input, Tensor weight, Tensor bias);
}
