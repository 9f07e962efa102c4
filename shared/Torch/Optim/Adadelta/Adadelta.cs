namespace TorchSharp.Modules;

/// <summary>Zeiler 2012; epsilon stands inside both roots.</summary>
public partial class Adadelta : OptimizerHelper
{
    private static readonly Operator s_fused = new("replications::fused_adadelta_");

    public Adadelta(
        IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize)
    {
    }

    public Adadelta(
        IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
    {
        Defaults = new Options { LearningRate = lr, InitialLearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize };
        foreach (ParamGroup group in parameters)
            add_param_group(group);
    }

    private protected override double Update(in GroupTensors tensors, OptimizerOptions options, in UpdateArguments extras)
    {
        var o = (Options)options;
        return extras.Call(
            s_fused, tensors.Parameters, tensors.State(0), tensors.State(1), tensors.Steps, o.LearningRate, o.rho, o.eps, o.weight_decay, o.maximize == true);
    }

    private protected override OptimizerOptions CreateOptions() => new Options();

    private protected override TensorState CreateState(Parameter parameter) => new State(parameter);

    private protected override void Validate(OptimizerOptions options)
    {
        var o = (Options)options;
        string? wrong = o switch
        {
            { LearningRate: < 0 } => FormattableString.Invariant($"learning rate {o.LearningRate}"),
            { rho: < 0 or > 1 } => FormattableString.Invariant($"rho {o.rho}"),
            { eps: < 0 } => FormattableString.Invariant($"eps {o.eps}"),
            { weight_decay: < 0 } => FormattableString.Invariant($"weight_decay {o.weight_decay}"),
            _ => null,
        };
        if (wrong is not null)
            throw new ArgumentException($"Invalid hyperparameter: {wrong}");
    }
}
