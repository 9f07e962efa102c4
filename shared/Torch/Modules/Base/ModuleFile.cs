using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// TorchSharp's module format: the number of entries, then name and tensor of each. Numbers are LEB128, names the strings of
/// <see cref="BinaryWriter"/>; there is no magic number and no version.
/// </summary>
internal static class ModuleFile
{
    internal static void Write(BinaryWriter writer, Dictionary<string, Tensor> state, IList<string> skip)
    {
        KeyValuePair<string, Tensor>[] kept = [.. state.Where(e => !skip.Contains(e.Key))];
        writer.Encode(kept.Length);
        foreach ((string name, Tensor tensor) in kept)
        {
            writer.Write(name);
            tensor.Save(writer);
        }
    }

    internal static void Read(
        BinaryReader reader, Dictionary<string, Tensor> state, bool strict, IList<string> skip, Dictionary<string, bool>? loaded)
    {
        long count = reader.Decode();
        if (strict && count != state.Count)
            throw new ArgumentException($"The file has {count} entries, the module {state.Count}.");
        using var gradients = no_grad();
        for (long i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            bool found = state.TryGetValue(name, out Tensor? target);
            if (strict && !found)
                throw new ArgumentException($"The file has an entry '{name}', which the module lacks.");
            if (found && !skip.Contains(name))
                target!.Load(reader);
            else
                Tensor.Load(reader).Dispose();
            loaded?.Add(name, found);
        }
    }

    internal static string Listed(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Select(n => $"'{n}'"));
}
