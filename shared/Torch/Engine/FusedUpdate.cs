using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An optimiser's update together with what usually surrounds it, in one native pass over memory: the check that gradients
/// are finite, clipping of their global norm, masks, averages of the weights, low-precision copies, and the release of the
/// gradients. For shared/Training, which does the same by plain operators under the TorchSharp packages.
/// </summary>
public sealed class FusedUpdate
{
    private readonly OptimizerHelper _optimizer;
    private readonly Dictionary<nint, Tensor> _averages = [];
    private readonly Dictionary<nint, Tensor> _copies = [];
    private readonly Dictionary<nint, Tensor> _masks = [];

    /// <param name="optimizer">Any optimiser of <see cref="optim"/>.</param>
    public FusedUpdate(optim.Optimizer optimizer) =>
        _optimizer = optimizer as OptimizerHelper ?? throw new ArgumentException("only the optimisers of torch.optim have a fused update", nameof(optimizer));

    /// <summary>Scales all gradients so that their global norm is at most this, as clip_grad_norm_; 0 does not clip.</summary>
    public double MaxNorm { get; set; }

    /// <summary>Makes no update, and releases no gradient, when the global norm is NaN or infinite. Costs one more reading of the gradients.</summary>
    public bool Check { get; set; } = true;

    /// <summary>What becomes of the gradients afterwards.</summary>
    public GradientRelease Release { get; set; } = GradientRelease.Drop;

    /// <summary>Weight of the old average: average ← decay · average + (1 - decay) · parameter.</summary>
    public double AverageDecay { get; set; }

    /// <summary>lr · g / √(sum g² + eps), the form of several official codes, instead of PyTorch's eps outside the root.</summary>
    /// <exception cref="InvalidOperationException">The optimiser is not Adagrad.</exception>
    public bool EpsilonInsideRoot
    {
        get => _optimizer is Adagrad { EpsilonInsideRoot: true };
        set
        {
            if (_optimizer is not Adagrad adagrad)
                throw new InvalidOperationException($"{_optimizer.GetType().Name} has no second form; Adagrad has.");
            adagrad.EpsilonInsideRoot = value;
        }
    }

    /// <summary>Keeps an exponential moving average of a parameter in a tensor of its shape and type.</summary>
    public FusedUpdate Average(Parameter parameter, Tensor average) => Set(_averages, parameter, average);

    /// <summary>Writes a bfloat16 copy of a parameter after every update.</summary>
    public FusedUpdate Copy(Parameter parameter, Tensor copy) => Set(_copies, parameter, copy);

    /// <summary>
    /// Ignores the gradient where the mask does not keep the parameter: bool of its shape, or degrees in int32, one per row and
    /// then one per column of a matrix, kept where row ≥ column. A weight that starts at zero there stays exactly zero.
    /// </summary>
    public FusedUpdate Mask(Parameter parameter, Tensor mask) => Set(_masks, parameter, mask);

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <returns>The global norm of the gradients before clipping, or 0 when neither clipping nor the check needs it.</returns>
    public double Step() => _optimizer.Step(new UpdateExtras
    {
        Averages = Given(_averages),
        AverageDecay = AverageDecay,
        Copies = Given(_copies),
        Masks = Given(_masks),
        MaxNorm = MaxNorm,
        Check = Check,
        Release = Release,
    });

    private static Dictionary<nint, Tensor>? Given(Dictionary<nint, Tensor> tensors) => tensors.Count > 0 ? tensors : null;

    private FusedUpdate Set(Dictionary<nint, Tensor> tensors, Parameter parameter, Tensor tensor)
    {
        tensors[parameter.Handle] = tensor;
        return this;
    }
}
