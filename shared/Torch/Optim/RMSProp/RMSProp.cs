using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Division by a running root mean square, with epsilon outside the root as in PyTorch.</summary>
public partial class RMSProp : OptimizerHelper, IMomentum
{
    private static readonly Operator s_fused = new("replications::fused_rmsprop_");

    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
    {
        Defaults = new Options { LearningRate = lr, InitialLearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize };
        foreach (ParamGroup group in parameters)
            add_param_group(group);
    }

    public double Momentum
    {
        get => ((Options)Defaults!).momentum!.Value;
        set => ((Options)Defaults!).momentum = value;
    }

    private protected override double Update(in GroupTensors tensors, OptimizerOptions options, in UpdateArguments extras)
    {
        var o = (Options)options;
        return extras.Call(
            s_fused, tensors.Parameters, tensors.State(0), tensors.State(1), o.centered == true ? tensors.State(2) : [], tensors.Steps,
            o.LearningRate, o.alpha, o.eps, o.weight_decay, o.momentum, o.maximize == true);
    }

    private protected override OptimizerOptions CreateOptions() => new Options();

    private protected override TensorState CreateState(Parameter parameter) => new State(parameter);

    private protected override void Validate(OptimizerOptions options)
    {
        var o = (Options)options;
        string? wrong = o switch
        {
            { LearningRate: < 0 } => FormattableString.Invariant($"learning rate {o.LearningRate}"),
            { momentum: < 0 } => FormattableString.Invariant($"momentum {o.momentum}"),
            { alpha: < 0 } => FormattableString.Invariant($"alpha {o.alpha}"),
            { eps: < 0 } => FormattableString.Invariant($"eps {o.eps}"),
            { weight_decay: < 0 } => FormattableString.Invariant($"weight_decay {o.weight_decay}"),
            _ => null,
        };
        if (wrong is not null)
            throw new ArgumentException($"Invalid hyperparameter: {wrong}");
    }
}
