using Replications.Training.Fused;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.Made;

/// <summary>
/// <c>b + (W * M) x</c>, and with conditioning weights <c>+ (U * M) 1</c>: the product with a vector of ones tells the units which
/// inputs the present mask lets through (section 4.2).
/// </summary>
public sealed class MaskedLinear : Module<Tensor, Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Parameter? conditioning;
    private bool _fixed;

    /// <summary>Weights orthogonal, bias zero, as in every official command ("Orthogonal").</summary>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="withBias">False for the direct connection, which shares the output's bias.</param>
    /// <param name="withConditioning">Adds U.</param>
    public MaskedLinear(long inputs, long outputs, bool withBias, bool withConditioning)
        : base(nameof(MaskedLinear))
    {
        weight = Orthogonal(inputs, outputs);
        bias = withBias ? Parameter(zeros(outputs)) : null;
        conditioning = withConditioning ? Orthogonal(inputs, outputs) : null;
        RegisterComponents();
    }

    /// <summary>Applies the layer under a mask.</summary>
    /// <param name="input"><c>[N, inputs]</c>.</param>
    /// <param name="degrees">The mask, as in <see cref="MaskDegrees"/>.</param>
    /// <returns><c>[N, outputs]</c>.</returns>
    public override Tensor forward(Tensor input, Tensor degrees)
    {
        Tensor output = FusedLayers.MaskedLinear(input, weight, degrees, bias, _fixed);
        return conditioning is null
            ? output
            : output + FusedLayers.MaskedLinear(ones(1, input.shape[1], device: input.device), conditioning, degrees, isMasked: _fixed);
    }

    /// <summary>
    /// Settles the layer on the one mask it will ever have: masked weights become zero, and stay so, for their gradients are zero and every
    /// update rule of the paper leaves a weight without gradient where it is.
    /// </summary>
    /// <param name="degrees">The mask.</param>
    public void Fix(Tensor degrees)
    {
        FusedLayers.ApplyMask(weight, degrees);
        if (conditioning is not null)
            FusedLayers.ApplyMask(conditioning, degrees);
        _fixed = true;
    }

    /// <summary>
    /// The official initialiser (MADE/weights_initializer.py) crops the right singular vectors of a square matrix of uniform numbers, of size
    /// max(inputs, outputs). An orthogonal factor of a Gaussian matrix is the same to the eye (orthonormal rows or columns in random
    /// directions) and, for 8000 units, takes a second in place of minutes.
    /// </summary>
    private static Parameter Orthogonal(long inputs, long outputs) => Parameter(init.orthogonal_(empty(outputs, inputs)));
}
