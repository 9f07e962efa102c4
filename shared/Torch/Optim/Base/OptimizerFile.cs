using TorchSharp.Utils;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>TorchSharp's format of optimiser state: the class name, counts of groups and states, options, states.</summary>
internal static class OptimizerFile
{
    internal static void Write(BinaryWriter writer, string name, Optimizer.StateDictionary state)
    {
        writer.Write(name);
        writer.Encode(state.Options.Count);
        writer.Encode(state.State.Count);
        state.Options.ForEach(o => o.SaveStateDict(writer));
        state.State.ForEach(s => s.SaveStateDict(writer));
    }

    internal static void Read(BinaryReader reader, string name, Optimizer.StateDictionary state)
    {
        string found = reader.ReadString();
        if (found != name)
            throw new InvalidDataException($"The file holds the state of '{found}', not of '{name}'.");
        RequireSameShape(state, (int)reader.Decode(), (int)reader.Decode());
        state.Options.ForEach(o => o.LoadStateDict(reader));
        state.State.ForEach(s => s.LoadStateDict(reader));
    }

    internal static void RequireSameShape(Optimizer.StateDictionary own, int groups, int states)
    {
        if (groups != own.Options.Count)
            throw new ArgumentException($"Invalid optimizer state: {groups} parameter groups, expected {own.Options.Count}.");
        if (states != own.State.Count)
            throw new ArgumentException($"Invalid optimizer state: {states} states, expected {own.State.Count}.");
    }
}
