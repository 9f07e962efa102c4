using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>
/// An optimiser's accumulators and learning rates as one tensor of bytes, in the form the optimiser itself writes: it is the
/// only form that every optimiser of either engine has.
/// </summary>
internal static class OptimizerState
{
    public static IEnumerable<KeyValuePair<string, Tensor>> Capture(optim.Optimizer optimizer, string name)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Saveable(optimizer, name).save_state_dict(writer);
        writer.Flush();
        yield return KeyValuePair.Create(name, tensor(bytes.ToArray()));
    }

    public static void Restore(optim.Optimizer optimizer, string name, SafetensorsFile file)
    {
        using Tensor state = file.Read(name);
        using var reader = new BinaryReader(new MemoryStream(state.bytes.ToArray()));
        Saveable(optimizer, name).load_state_dict(reader);
    }

    private static OptimizerHelper Saveable(optim.Optimizer optimizer, string name) =>
        optimizer as OptimizerHelper
        ?? throw new NotSupportedException($"the optimiser '{name}' ({optimizer.GetType().Name}) cannot save its state");
}
