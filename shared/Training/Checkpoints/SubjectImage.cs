using Replications.Training.Subjects;
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>The registered state of a subject as named tensors and counters: what is written, restored and exchanged.</summary>
internal sealed class SubjectImage
{
    private readonly List<KeyValuePair<string, Tensor>> _weights = [];
    private readonly List<(string Name, optim.Optimizer Optimizer)> _optimizers = [];
    private readonly List<(string Name, Generator Generator)> _generators = [];
    private readonly SortedDictionary<string, (Func<long> Get, Action<long> Set)> _counters = new(StringComparer.Ordinal);

    /// <summary>Asks the subject for its state.</summary>
    /// <param name="subject">The subject.</param>
    /// <exception cref="ArgumentException">Two things have one name, or nothing is registered.</exception>
    public SubjectImage(ISubject subject)
    {
        var state = new SubjectState();
        subject.Register(state);
        foreach ((string name, object entry) in state.Entries)
            Add(name, entry);
        string? twice = _weights.GroupBy(w => w.Key).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"the state holds two tensors named '{twice}'");
        if (_weights.Count == 0)
            throw new ArgumentException("the subject registers no weights: nothing could be saved or resumed");
    }

    /// <summary>Weights and everything that counts as weights, live.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Weights => _weights;

    /// <summary>Values of the counters.</summary>
    public IEnumerable<KeyValuePair<string, long>> Counters => _counters.Select(c => KeyValuePair.Create(c.Key, c.Value.Get()));

    /// <summary>Bytes of the whole state, to within the header.</summary>
    public long ByteCount
    {
        get
        {
            using IDisposable scope = NewDisposeScope();
            return Bytes(Whole());
        }
    }

    /// <summary>Bytes of the weights alone.</summary>
    public long WeightBytes => Bytes(_weights);

    /// <summary>Writes the whole state.</summary>
    public void Write(Stream to)
    {
        using IDisposable scope = NewDisposeScope();
        SafetensorsWriter.Write(to, Whole());
    }

    /// <summary>Restores the whole state in place.</summary>
    /// <exception cref="InvalidDataException">The file is of another state.</exception>
    public void Restore(SafetensorsFile file, IReadOnlyDictionary<string, long> counters)
    {
        RestoreWeights(file);
        foreach ((string name, optim.Optimizer optimizer) in _optimizers)
            OptimizerState.Restore(optimizer, name, file);
        foreach ((string name, Generator generator) in _generators)
        {
            using Tensor state = file.Read(name);
            generator.set_state(state);
        }

        foreach ((string name, (_, Action<long> set)) in _counters)
        {
            if (!counters.TryGetValue(name, out long value))
                throw new InvalidDataException($"the checkpoint has no counter '{name}'");
            set(value);
        }
    }

    /// <summary>Restores the weights alone, in place.</summary>
    /// <exception cref="InvalidDataException">The file is of another state.</exception>
    public void RestoreWeights(SafetensorsFile file)
    {
        foreach ((string name, Tensor weight) in _weights)
            file.Read(name, weight);
    }

    /// <summary>Copies of the weights in the CPU's memory, in order. The caller disposes them.</summary>
    public Tensor[] Copy()
    {
        using IDisposable still = no_grad();
        return [.. _weights.Select(w => Kept(w.Value))];
    }

    /// <summary>Puts copies back.</summary>
    /// <param name="copies">Of <see cref="Copy"/>.</param>
    public void Put(Tensor[] copies)
    {
        using IDisposable still = no_grad();
        for (int i = 0; i < copies.Length; i++)
            _weights[i].Value.copy_(copies[i]);
    }

    private static Tensor Kept(Tensor weight)
    {
        using Tensor detached = weight.detach();
        return (detached.is_cuda ? detached.cpu() : detached.clone()).DetachFromDisposeScope();
    }

    private void Add(string name, object entry)
    {
        switch (entry)
        {
            case nn.Module module:
                foreach ((string key, Tensor tensor) in module.state_dict())
                    _weights.Add(KeyValuePair.Create($"{name}.{key}", tensor));
                break;
            case Tensor tensor:
                _weights.Add(KeyValuePair.Create(name, tensor));
                break;
            case optim.Optimizer optimizer:
                _optimizers.Add((name, optimizer));
                break;
            case Generator generator:
                _generators.Add((name, generator));
                break;
            case (Func<long> get, Action<long> set):
                _counters.Add(name, (get, set));
                break;
            default:
                throw new ArgumentException($"the state '{name}' is of a kind that cannot be saved: {entry.GetType()}");
        }
    }

    private static long Bytes(IEnumerable<KeyValuePair<string, Tensor>> tensors) => tensors.Sum(t => SafetensorsEntry.ByteCount(t.Value.dtype, t.Value.shape));

    private List<KeyValuePair<string, Tensor>> Whole() =>
    [
        .. _weights,
        .. _optimizers.SelectMany(o => OptimizerState.Capture(o.Optimizer, o.Name)),
        .. _generators.Select(g => KeyValuePair.Create(g.Name, g.Generator.get_state())),
    ];
}
