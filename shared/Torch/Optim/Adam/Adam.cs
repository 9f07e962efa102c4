using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Kingma and Ba 2015; weight decay is added to the gradient.</summary>
public partial class Adam : OptimizerHelper, IBetas
{
    private static readonly Operator s_fused = new("replications::fused_adam_");

    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        Defaults = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        foreach (ParamGroup group in parameters)
            add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (Given.beta1!.Value, Given.beta2!.Value);
        set => (Given.beta1, Given.beta2) = value;
    }

    /// <summary>Whether weights decay by themselves instead of through the gradient.</summary>
    private protected virtual bool Decoupled => false;

    private Options Given => (Options)Defaults!;

    private protected override double Update(in GroupTensors tensors, OptimizerOptions options, in UpdateArguments extras)
    {
        var o = (Options)options;
        return extras.Call(
            s_fused, tensors.Parameters, tensors.State(0), tensors.State(1), o.amsgrad == true ? tensors.State(2) : [], tensors.Steps,
            o.LearningRate, o.beta1, o.beta2, o.eps, o.weight_decay, Decoupled, o.maximize == true);
    }

    private protected override OptimizerOptions CreateOptions() => new Options();

    private protected override TensorState CreateState(Parameter parameter) => new State(parameter);

    private protected override void Validate(OptimizerOptions options)
    {
        var o = (Options)options;
        string? wrong = o switch
        {
            { LearningRate: < 0 } => FormattableString.Invariant($"learning rate {o.LearningRate}"),
            { beta1: < 0 or >= 1 } => FormattableString.Invariant($"beta1 {o.beta1}"),
            { beta2: < 0 or >= 1 } => FormattableString.Invariant($"beta2 {o.beta2}"),
            { eps: < 0 } => FormattableString.Invariant($"eps {o.eps}"),
            { weight_decay: < 0 } => FormattableString.Invariant($"weight_decay {o.weight_decay}"),
            _ => null,
        };
        if (wrong is not null)
            throw new ArgumentException($"Invalid hyperparameter: {wrong}");
    }
}
