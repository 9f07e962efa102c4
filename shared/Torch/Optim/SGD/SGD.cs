using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum (Polyak's or Nesterov's) as PyTorch counts it: the buffer starts as the first gradient.</summary>
public partial class SGD : OptimizerHelper, IMomentum
{
    private static readonly Operator s_fused = new("replications::fused_sgd_");

    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        Defaults = new Options { LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
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
            s_fused, tensors.Parameters, tensors.State(0), tensors.Steps, o.LearningRate, o.momentum, o.dampening, o.weight_decay, o.nesterov == true, o.maximize == true);
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
            { weight_decay: < 0 } => FormattableString.Invariant($"weight_decay {o.weight_decay}"),
            { nesterov: true } when o.momentum <= 0 || o.dampening != 0 => "Nesterov momentum without momentum or with dampening",
            _ => null,
        };
        if (wrong is not null)
            throw new ArgumentException($"Invalid hyperparameter: {wrong}");
    }

    // The buffer is made at the first step with a gradient; until then there is none, as in files.
    private protected override double StepGroup(Modules.ParamGroup group, UpdateExtras extras)
    {
        bool used = ((Options)group.Options!).momentum != 0;
        foreach (Parameter parameter in group.List)
            ((State)StateOf(parameter)).Prepare(used);
        double norm = base.StepGroup(group, extras);
        foreach (Parameter parameter in group.List)
            ((State)StateOf(parameter)).DropUnused();
        return norm;
    }
}
