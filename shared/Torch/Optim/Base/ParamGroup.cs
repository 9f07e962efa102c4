using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters that share hyperparameters.</summary>
public class ParamGroup : ILearningRateController
{
    private IReadOnlyList<Parameter> _parameters = [];

    // Read once: a module's parameters() walks its tree at each reading.
    public IEnumerable<Parameter> Parameters
    {
        get => _parameters;
        set => _parameters = [.. value];
    }

    public OptimizerOptions? Options { get; set; }

    public double LearningRate
    {
        get => Given.LearningRate ?? throw new InvalidOperationException("the group has no learning rate before it is added to an optimizer");
        set => Given.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Given.InitialLearningRate;
        set => Given.InitialLearningRate = value;
    }

    internal IReadOnlyList<Parameter> List => _parameters;

    private OptimizerOptions Given => Options ?? throw new InvalidOperationException("the group has no options before it is added to an optimizer");
}

/// <summary>Parameters that share hyperparameters of one optimiser's kind.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options;
    }

    public new TOptions Options
    {
        get => (TOptions)base.Options!;
        set => base.Options = value;
    }
}
