using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The tensors of one group as the native operators take them.</summary>
internal readonly struct GroupTensors(Parameter[] parameters, TensorState[] states, Tensor steps)
{
    internal Tensor[] Parameters => parameters;

    internal Tensor Steps => steps;

    /// <summary>One state of every parameter.</summary>
    internal Tensor?[] State(int index) => Array.ConvertAll(states, s => s[index]);
}
