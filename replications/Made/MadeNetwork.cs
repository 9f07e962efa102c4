using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Made;

/// <summary>
/// The masked autoencoder (sections 3 and 4):
/// <code>
/// h_l(x) = g(b_l + (W_l * M^Wl) h_{l-1}(x)),  h_0(x) = x
/// x^     = sigm(c + (V * M^V) h_L(x) + (A * M^A) x)
/// </code>
/// Output d depends on the inputs before d in the ordering alone, so that <c>p(x) = prod_d p(x_d | x_{before d})</c> is normalised.
/// </summary>
public sealed class MadeNetwork : Module<Tensor, MaskDegrees, Tensor>
{
    private readonly ModuleList<MaskedLinear> hidden;
    private readonly MaskedLinear output;
    private readonly MaskedLinear? direct;
    private readonly Activation _g;

    /// <summary>Makes the network.</summary>
    /// <param name="inputs">D.</param>
    /// <param name="recipe">Layers, units, g, direct connection, conditioning weights.</param>
    public MadeNetwork(long inputs, MadeRecipe recipe)
        : base(nameof(MadeNetwork))
    {
        _g = recipe.Activation;
        var layers = new List<MaskedLinear>();
        long below = inputs;
        for (int l = 0; l < recipe.HiddenLayers; l++)
        {
            layers.Add(new MaskedLinear(below, recipe.HiddenUnits, withBias: true, recipe.ConditioningWeights));
            below = recipe.HiddenUnits;
        }

        hidden = ModuleList([.. layers]);
        output = new MaskedLinear(below, inputs, withBias: true, recipe.ConditioningWeights);
        direct = recipe.DirectConnection ? new MaskedLinear(inputs, inputs, withBias: false, withConditioning: false) : null;
        RegisterComponents();
    }

    /// <summary>Logits of <c>p(x_d = 1 | x_{before d})</c>, <c>[N, D]</c>.</summary>
    /// <param name="x">Bits as floats, <c>[N, D]</c>.</param>
    /// <param name="masks">Masks of one assignment of degrees.</param>
    public override Tensor forward(Tensor x, MaskDegrees masks)
    {
        Tensor input = masks.Arrange(x);
        Tensor h = input;
        for (int l = 0; l < hidden.Count; l++)
            h = Apply(hidden[l].call(h, masks.Hidden[l]));
        Tensor logits = output.call(h, masks.Output);
        if (direct is not null)
            logits += direct.call(input, masks.Direct);
        return masks.Restore(logits);
    }

    /// <summary>Negative log-probability of each example, equation 5, <c>[N]</c> nats: the sum over inputs of the cross-entropy.</summary>
    /// <param name="x">Bits as floats, <c>[N, D]</c>.</param>
    /// <param name="masks">Masks of one assignment of degrees.</param>
    public Tensor NegativeLogProbability(Tensor x, MaskDegrees masks) =>
        FusedLayers.BernoulliNll(call(x, masks), x);

    /// <summary>Settles the network on the one mask it will ever have.</summary>
    /// <param name="masks">The mask, <see cref="MaskDegrees.Fixed"/>.</param>
    public void Fix(MaskDegrees masks)
    {
        for (int l = 0; l < hidden.Count; l++)
            hidden[l].Fix(masks.Hidden[l]);
        output.Fix(masks.Output);
        direct?.Fix(masks.Direct);
    }

    private Tensor Apply(Tensor x) => _g switch
    {
        Activation.ReLU => functional.relu(x),
        Activation.Softplus => functional.softplus(x),
        Activation.Tanh => x.tanh(),
        _ => throw new InvalidOperationException($"activation {_g} does not exist"),
    };
}
