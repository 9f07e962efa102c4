using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// What the optimisers share. A step is one native call per group, over all its parameters: see native/updates/fused_optimisers.cpp.
/// </summary>
public abstract class OptimizerHelper : Optimizer
{
    private static readonly Operator s_zeroGrad = new("replications::zero_grad_");
    private readonly Dictionary<nint, TensorState> _state = [];
    private protected OptimizerOptions? Defaults { get; init; }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var gradients = enable_grad();
            loss = closure();
        }

        Step(UpdateExtras.None);
        return loss;
    }

    /// <summary>Fills the gradients with zeros.</summary>
    public override void zero_grad() => s_zeroGrad.CallVoid((Tensor[])[.. parameters()]);

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= CreateOptions();
        param_group.Options.Complete(Defaults!);
        Validate(param_group.Options);
        foreach (Parameter parameter in param_group.List)
        {
            if (_state.ContainsKey(parameter.Handle))
                throw new ArgumentException("a parameter is in the optimizer twice", nameof(param_group));
            TensorState state = CreateState(parameter);
            _state.Add(parameter.Handle, state);
            state.Initialize(param_group.Options);
        }

        _parameter_groups.Add(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (ParamGroup group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options!);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, group.List.Count)]);
            dictionary.State.AddRange(group.List.Select(p => _state[p.Handle]));
        }

        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        OptimizerFile.RequireSameShape(own, state_dict.Options.Count, state_dict.State.Count);
        foreach ((OptimizerOptions to, OptimizerOptions from) in own.Options.Zip(state_dict.Options).Where(p => p.First != p.Second))
            to.LoadStateDict(from);
        foreach ((OptimizerState to, OptimizerState from) in own.State.Zip(state_dict.State).Where(p => p.First != p.Second))
            to.LoadStateDict(from);
    }

    public void save_state_dict(string location)
    {
        using FileStream stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer) => OptimizerFile.Write(writer, GetType().Name, state_dict());

    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader) => OptimizerFile.Read(reader, GetType().Name, state_dict());

    public void to(Device device)
    {
        foreach (TensorState state in _state.Values)
            state.to(device);
    }

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <returns>The global norm of the gradients where the extras ask for it, else 0.</returns>
    internal double Step(UpdateExtras extras)
    {
        double norm = 0;
        if (_parameter_groups.Count > 1 && extras.NeedsNorm)
        {
            norm = extras.GlobalNorm(this);
            if (extras.Check && !double.IsFinite(norm))
                return norm;
            extras = extras.WithFactor(norm);
        }

        foreach (ParamGroup group in _parameter_groups)
        {
            double groupNorm = StepGroup(group, extras);
            norm = extras.NeedsNorm ? groupNorm : norm;
        }

        return norm;
    }

    /// <summary>Calls the optimiser's operator with its states and hyperparameters, followed by the extras.</summary>
    private protected abstract double Update(in GroupTensors tensors, OptimizerOptions options, in UpdateArguments extras);

    private protected abstract OptimizerOptions CreateOptions();

    private protected abstract TensorState CreateState(Parameter parameter);

    private protected virtual void Validate(OptimizerOptions options)
    {
    }

    private protected TensorState StateOf(Parameter parameter) => _state[parameter.Handle];

    private protected virtual double StepGroup(ParamGroup group, UpdateExtras extras)
    {
        Parameter[] parameters = [.. group.List];
        TensorState[] states = Array.ConvertAll(parameters, StateOf);
        using Tensor steps = zeros(parameters.Length, dtype: ScalarType.Int64);
        Span<long> counts = MemoryMarshal.Cast<byte, long>(steps.bytes);
        for (int i = 0; i < counts.Length; i++)
            counts[i] = states[i].Count;
        double norm = Update(new GroupTensors(parameters, states, steps), group.Options!, extras.For(parameters));
        for (int i = 0; i < counts.Length; i++)
            states[i].Count = counts[i];
        return norm;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (TensorState state in _state.Values)
            state.Dispose();
        _state.Clear();
    }
}
