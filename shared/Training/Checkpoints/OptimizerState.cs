#if TORCHSHARP
using TorchSharp.Modules;
#else
using TorchSharp;
#endif
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>
/// An optimiser's accumulators, counts and learning rates as tensors of a checkpoint: by name under the suite's own engine,
/// one tensor of bytes in TorchSharp's form under TorchSharp, which shows its accumulators to nobody.
/// </summary>
internal static class OptimizerState
{
    public static IEnumerable<KeyValuePair<string, Tensor>> Capture(optim.Optimizer optimizer, string name)
    {
#if TORCHSHARP
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        ((OptimizerHelper)optimizer).save_state_dict(writer);
        writer.Flush();
        return [KeyValuePair.Create(name, tensor(bytes.ToArray()))];
#else
        return OptimizerTensors.Capture(optimizer).Select(t => KeyValuePair.Create($"{name}.{t.Key}", t.Value));
#endif
    }

    public static void Restore(optim.Optimizer optimizer, string name, SafetensorsFile file)
    {
#if TORCHSHARP
        using Tensor state = file.Read(name);
        using var reader = new BinaryReader(new MemoryStream(state.bytes.ToArray()));
        ((OptimizerHelper)optimizer).load_state_dict(reader);
#else
        OptimizerTensors.Restore(
            optimizer, part => file.Read($"{name}.{part}"), part => file.Entries.ContainsKey($"{name}.{part}"), (part, into) => file.Read($"{name}.{part}", into));
#endif
    }
}
