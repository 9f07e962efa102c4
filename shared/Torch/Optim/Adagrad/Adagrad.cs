namespace TorchSharp.Modules;

/// <summary>Duchi et al. 2011, with epsilon outside the root as in PyTorch; see <see cref="FusedUpdate"/> for the form with epsilon inside.</summary>
public partial class Adagrad : OptimizerHelper
{
    private static readonly Operator s_fused = new("replications::fused_adagrad_");

    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

    public Adagrad(
        IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
    {
        Defaults = new Options { LearningRate = lr, InitialLearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps };
        foreach (ParamGroup group in parameters)
            add_param_group(group);
    }

    /// <summary>lr · g / √(sum + eps) instead of lr · g / (√sum + eps): set through <see cref="FusedUpdate"/>.</summary>
    internal bool EpsilonInsideRoot { get; set; }

    private protected override double Update(in GroupTensors tensors, OptimizerOptions options, in UpdateArguments extras)
    {
        var o = (Options)options;
        return extras.Call(
            s_fused, tensors.Parameters, tensors.State(0), tensors.Steps, o.LearningRate, o.lr_decay, o.eps, o.weight_decay, EpsilonInsideRoot);
    }

    private protected override OptimizerOptions CreateOptions() => new Options();

    private protected override TensorState CreateState(Parameter parameter) => new State(parameter);

    private protected override void Validate(OptimizerOptions options)
    {
        var o = (Options)options;
        string? wrong = o switch
        {
            { LearningRate: < 0 } => FormattableString.Invariant($"learning rate {o.LearningRate}"),
            { lr_decay: < 0 } => FormattableString.Invariant($"lr_decay {o.lr_decay}"),
            { initial_accumulator_value: < 0 } => FormattableString.Invariant($"initial_accumulator_value {o.initial_accumulator_value}"),
            { eps: < 0 } => FormattableString.Invariant($"eps {o.eps}"),
            { weight_decay: < 0 } => FormattableString.Invariant($"weight_decay {o.weight_decay}"),
            _ => null,
        };
        if (wrong is not null)
            throw new ArgumentException($"Invalid hyperparameter: {wrong}");
    }
}
