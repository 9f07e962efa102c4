using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An optimiser's state as named tensors, which a checkpoint writes as they are, without TorchSharp's stream in memory between:
/// <c>options</c> (uint8: the hyperparameters in TorchSharp's form), <c>counts</c> (int64: updates of each parameter) and
/// <c>i.k</c>, accumulator k of parameter i.
/// </summary>
public static class OptimizerTensors
{
    private const string Options = "options";
    private const string Counts = "counts";

    /// <summary>The state as it is now; accumulators are the live tensors.</summary>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> Capture(optim.Optimizer optimizer)
    {
        optim.Optimizer.StateDictionary state = Of(optimizer).state_dict();
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            state.Options.ForEach(o => o.SaveStateDict(writer));
        List<KeyValuePair<string, Tensor>> tensors =
        [
            KeyValuePair.Create(Options, tensor(bytes.ToArray())),
            KeyValuePair.Create(Counts, tensor(state.State.Select(s => ((TensorState)s).Count).ToArray())),
        ];
        Each(state, (name, accumulators, k) =>
        {
            if (accumulators[k] is { } accumulator)
                tensors.Add(KeyValuePair.Create(name, accumulator));
        });
        return tensors;
    }

    /// <summary>Restores a state in place.</summary>
    /// <param name="optimizer">Of the same class, over the same parameters.</param>
    /// <param name="read">Reads a small tensor by name.</param>
    /// <param name="has">Whether there is a tensor of that name.</param>
    /// <param name="fill">Fills a tensor by name, checking its shape and type.</param>
    /// <exception cref="InvalidDataException">The state is of another optimiser.</exception>
    public static void Restore(optim.Optimizer optimizer, Func<string, Tensor> read, Func<string, bool> has, Action<string, Tensor> fill)
    {
        optim.Optimizer.StateDictionary state = Of(optimizer).state_dict();
        using Tensor options = read(Options);
        using Tensor counts = read(Counts);
        if (counts.numel() != state.State.Count)
            throw new InvalidDataException($"the state is of {counts.numel()} parameters, the optimizer has {state.State.Count}");
        using var reader = new BinaryReader(new MemoryStream(options.bytes.ToArray()));
        state.Options.ForEach(o => o.LoadStateDict(reader));
        long[] updates = counts.data<long>().ToArray();
        for (int i = 0; i < updates.Length; i++)
        {
            int parameter = i;
            ((TensorState)state.State[i]).Load(updates[i], k => has(Name(parameter, k)), (k, into) => fill(Name(parameter, k), into));
        }
    }

    private static void Each(optim.Optimizer.StateDictionary state, Action<string, TensorState, int> action)
    {
        for (int i = 0; i < state.State.Count; i++)
        {
            var accumulators = (TensorState)state.State[i];
            for (int k = 0; k < accumulators.Slots; k++)
                action(Name(i, k), accumulators, k);
        }
    }

    private static string Name(int parameter, int slot) => FormattableString.Invariant($"{parameter}.{slot}");

    private static OptimizerHelper Of(optim.Optimizer optimizer) =>
        optimizer as OptimizerHelper ?? throw new ArgumentException($"{optimizer.GetType().Name} has no state to name", nameof(optimizer));
}
