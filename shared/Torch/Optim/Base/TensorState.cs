using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A state of a step count and up to three tensors of the parameter's shape. In files: the count, where there is one; then
/// each tensor, those that may be absent after a byte that says whether they are there.
/// </summary>
public abstract class TensorState : OptimizerState, IDisposable
{
    private readonly Tensor?[] _tensors;
    private readonly bool _counted;
    private readonly int _required;

    private protected TensorState(Parameter parameter, bool counted, int required, int optional)
        : base(parameter)
    {
        _counted = counted;
        _required = required;
        _tensors = new Tensor?[required + optional];
    }

    /// <summary>Updates this parameter has had; parameters without a gradient are left out of a step.</summary>
    internal long Count { get; set; }

    /// <summary>How many tensors there can be.</summary>
    internal int Slots => _tensors.Length;

    internal Tensor? this[int index]
    {
        get => _tensors[index];
        set
        {
            if (!ReferenceEquals(_tensors[index], value))
                _tensors[index]?.Dispose();
            _tensors[index] = value?.DetachFromDisposeScope();
        }
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        if (_counted)
            writer.Write(Count);
        for (int i = 0; i < _tensors.Length; i++)
        {
            if (i >= _required)
                writer.Write(_tensors[i] is not null);
            _tensors[i]?.Save(writer);
        }
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        if (_counted)
            Count = reader.ReadInt64();
        for (int i = 0; i < _tensors.Length; i++)
        {
            if (i >= _required && !reader.ReadBoolean())
            {
                this[i] = null;
                continue;
            }

            using var gradients = no_grad();
            this[i] ??= zeros_like(_parameter);
            this[i]!.Load(reader);
        }

        Restored();
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var other = (TensorState)source;
        Count = other.Count;
        using var gradients = no_grad();
        for (int i = 0; i < _tensors.Length; i++)
            this[i] = other[i]?.to(_parameter.device, copy: true);
        Restored();
    }

    /// <summary>Takes over a count and tensors from named tensors: see <see cref="OptimizerTensors"/>.</summary>
    internal void Load(long count, Func<int, bool> has, Action<int, Tensor> fill)
    {
        Count = count;
        using var gradients = no_grad();
        for (int i = 0; i < _tensors.Length; i++)
        {
            if (!has(i))
            {
                this[i] = i < _required ? throw new InvalidDataException($"the state has no tensor {i}, which this optimizer needs") : null;
                continue;
            }

            this[i] ??= zeros_like(_parameter);
            fill(i, this[i]!);
        }
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is TensorState rhs && rhs._tensors.Length == _tensors.Length && (!_counted || rhs.Count == Count)
        && _tensors.Zip(rhs._tensors).All(p => p.First is null ? p.Second is null : p.Second is not null && p.First.allclose(p.Second));

    public override void to(Device device)
    {
        for (int i = 0; i < _tensors.Length; i++)
            this[i] = this[i]?.to(device);
    }

    public void Dispose()
    {
        Array.ForEach(_tensors, t => t?.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected void Fill(int index, double value = 0)
    {
        using var gradients = no_grad();
        this[index] = full_like(_parameter, value);
    }

    /// <summary>Called after tensors came from elsewhere.</summary>
    private protected virtual void Restored()
    {
    }
}
