using TorchSharp;

namespace Replications.Training.Subjects;

/// <summary>
/// Everything a byte-identical resume needs, each thing named once by <see cref="ISubject.Register"/>. Names are unique and
/// lower case; they become keys of the checkpoint.
/// </summary>
public sealed class SubjectState
{
    private readonly Dictionary<string, object> _entries = new(StringComparer.Ordinal);

    /// <summary>Things registered, by name, in order.</summary>
    internal IReadOnlyDictionary<string, object> Entries => _entries;

    /// <summary>A module: its parameters and buffers. Counts as weights, so selection keeps a copy of it.</summary>
    /// <param name="name">Its name: unique, lower case.</param>
    /// <param name="module">The module; stays the subject's.</param>
    public void Module(string name, torch.nn.Module module) => Add(name, module);

    /// <summary>An optimiser: its accumulators and learning rates.</summary>
    /// <param name="name">Its name: unique, lower case.</param>
    /// <param name="optimizer">The optimiser; stays the subject's.</param>
    public void Optimizer(string name, torch.optim.Optimizer optimizer) => Add(name, optimizer);

    /// <summary>A generator of the subject's own. The default generators need no saving: they are seeded at each step.</summary>
    /// <param name="name">Its name: unique, lower case.</param>
    /// <param name="generator">The generator; stays the subject's.</param>
    public void Generator(string name, torch.Generator generator) => Add(name, generator);

    /// <summary>A tensor written in place on restore: averages, chains, mixture parameters. Counts as weights.</summary>
    /// <param name="name">Its name: unique, lower case.</param>
    /// <param name="tensor">The tensor, of any shape; stays the subject's.</param>
    public void Tensor(string name, torch.Tensor tensor) => Add(name, tensor);

    /// <summary>A counter.</summary>
    /// <param name="name">Its name: unique, lower case.</param>
    /// <param name="get">Reads it when the state is saved.</param>
    /// <param name="set">Writes it when the state is restored.</param>
    public void Counter(string name, Func<long> get, Action<long> set) => Add(name, (get, set));

    private void Add(string name, object entry)
    {
        if (!_entries.TryAdd(name, entry))
            throw new ArgumentException($"the state '{name}' is registered twice", nameof(name));
    }
}
