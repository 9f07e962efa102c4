using Replications.Datasets;
using Replications.Datasets.Registry;
using Replications.Hosting.Experiments;
using TorchSharp;

namespace Replications.Properties.Tests.Registered;

/// <summary>Made-up data of a few dimensions, of the kind that an experiment's data set has.</summary>
internal sealed class TinyData
{
    private readonly DataSetEntry _entry;
    private readonly torch.Device _device;

    /// <param name="experiment">Whose data.</param>
    /// <param name="square">Pixels in two rows of two: too many values to write down, and something to the left as well as above.</param>
    /// <param name="device">Where they are.</param>
    public TinyData(Experiment experiment, bool square, torch.Device device)
    {
        _entry = DataSets.Find(experiment.Dataset);
        _device = device;
        Shape = experiment.TinyShape is { } named ? [.. named] : Usual(square);
    }

    /// <summary>Shape of one example.</summary>
    public long[] Shape { get; }

    /// <summary>Values of one example.</summary>
    public int Dimensions => (int)Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>64 examples to train on, 32 to validate and to test: values correlated, never constant. Classes come in turn.</summary>
    /// <param name="poisoned">One value is not a number, where the kind has room for it.</param>
    /// <param name="other">A split whose examples are others than usual.</param>
    /// <param name="relabelled">The classes to learn have each other's labels.</param>
    public DataSet Correlated(bool poisoned = false, Split? other = null, bool relabelled = false)
    {
        var random = new Random(7);
        torch.Tensor Draw(int count)
        {
            float[] values = new float[count * Dimensions];
            for (int n = 0; n < count; n++)
            {
                double common = random.NextDouble();
                for (int d = 0; d < Dimensions; d++)
                    values[(n * Dimensions) + d] = Value((common + random.NextDouble()) / 2);
            }

            // A grey level from which bits are drawn is a byte to whoever draws them.
            if (poisoned && _entry.Kind is not ValueKind.DynamicBits)
                values[3] = float.NaN;
            return Examples(values);
        }

        var examples = new Dictionary<Split, torch.Tensor> { [Split.Train] = Draw(64), [Split.Valid] = Draw(32), [Split.Test] = Draw(32) };
        if (other is { } split)
        {
            examples[split].Dispose();
            examples[split] = Draw(split == Split.Train ? 64 : 32);
        }

        // Several classes to learn; one to measure, the one for which a model given classes declares its probabilities.
        torch.Tensor Classes(Split of, long count)
        {
            torch.Tensor classes = torch.arange(count, torch.ScalarType.Int64, _device) % (of == Split.Train ? 3 : 1);
            return relabelled && of == Split.Train ? 2 - classes : classes;
        }

        return Set(examples, examples.ToDictionary(e => e.Key, e => Classes(e.Key, e.Value.shape[0])));
    }

    /// <summary>Given examples, by split.</summary>
    /// <param name="shares">Values as shares of the largest that the kind has, in [0, 1), of one example after another.</param>
    /// <param name="labels">Classes.</param>
    public DataSet Of(IReadOnlyDictionary<Split, double[]> shares, IReadOnlyDictionary<Split, long[]> labels) => Set(
        shares.ToDictionary(s => s.Key, s => Examples([.. s.Value.Select(Value)])),
        labels.ToDictionary(l => l.Key, l => torch.tensor(l.Value, device: _device)));

    private DataSet Set(Dictionary<Split, torch.Tensor> examples, Dictionary<Split, torch.Tensor> labels) =>
        new(_entry.Id, examples, labels) { Kind = _entry.Kind };

    /// <summary>Rows or images, as the registry has the data set: eight bits, of other numbers so few that all their values can be written down.</summary>
    private long[] Usual(bool square)
    {
        if (_entry.Shape.Count > 1)
            return [1, 2, square ? 2 : 1];
        return _entry.Kind is ValueKind.Bits or ValueKind.DynamicBits ? [8] : [square ? 4 : 2];
    }

    private float Value(double share) => _entry.Kind switch
    {
        ValueKind.Bits => share > 0.5 ? 1 : 0,
        ValueKind.Real => (float)((2 * share) - 1),
        _ => (float)Math.Floor(256 * share),
    };

    /// <summary>Bytes, or floats where the kind is real or a value is not a number.</summary>
    private torch.Tensor Examples(float[] values)
    {
        torch.Tensor tensor = torch.tensor(values, device: _device).reshape([-1, .. Shape]);
        return _entry.Kind is ValueKind.Real || values.Any(float.IsNaN) ? tensor : tensor.to(torch.ScalarType.Byte);
    }
}
