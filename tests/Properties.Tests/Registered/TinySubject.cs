using Replications.Datasets;
using Replications.Hosting.Experiments;
using Replications.Training.Checkpoints;
using Replications.Training.Engine;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Registered;

/// <summary>A registered experiment at toy size: its tiny recipe on data of a few dimensions, of the kind its data set has.</summary>
internal sealed class TinySubject : IDisposable
{
    private readonly DataSet _data;
    private readonly Func<IDisposable?> _products;

    /// <param name="name">Experiment, <c>replication/name</c>.</param>
    /// <param name="seed">Training seed.</param>
    /// <param name="poisoned">One value is not a number, where the kind has room for it.</param>
    /// <param name="square">Pixels in two rows of two: too many values to write down, and something to the left as well as above.</param>
    /// <param name="recipe">Another recipe than the tiny one.</param>
    /// <param name="data">Other examples than those made here; disposed with the subject.</param>
    /// <param name="device">Another device than that of these tests.</param>
    /// <param name="precision">Of the products of the updates.</param>
    /// <param name="other">A split whose examples are others than usual.</param>
    /// <param name="relabelled">The classes to learn have each other's labels.</param>
    public TinySubject(
        string name, long seed = 1, bool poisoned = false, bool square = false, Recipe? recipe = null, DataSet? data = null, torch.Device? device = null,
        Precision precision = Precision.Float32, Split? other = null, bool relabelled = false)
    {
        Experiment experiment = Registry.Experiment(name);
        Seed = seed;
        device ??= TestDevice.Device;
        _products = () => ComputeEngine.Products(device, precision);
        _data = data ?? new TinyData(experiment, square, device).Correlated(poisoned, other, relabelled);
        torch.manual_seed(SeedSequence.Derive(seed, 0, Purpose.Create));
        Subject = experiment.Create(recipe ?? experiment.TinyRecipe, new SubjectContext(_data, device, seed));
    }

    public long Seed { get; }

    public ISubject Subject { get; }

    public DataSet Data => _data;

    /// <summary>Dimensions of one example.</summary>
    public int Dimensions => (int)_data.Dimensions;

    public StepContext At(long step) => new(Seed, step, Subject.Schedule.StepsPerEpoch);

    /// <summary>The weights of a fresh network after one update.</summary>
    /// <param name="name">Experiment, <c>replication/name</c>.</param>
    /// <param name="step">Which update of the schedule.</param>
    /// <param name="recipe">Recipe.</param>
    public static float[] NetworkAfter(string name, long step, Recipe recipe)
    {
        using var tiny = new TinySubject(name, recipe: recipe);
        tiny.Initialise().Train(1, from: step);
        return [.. tiny.Weights().OrderBy(w => w.Key, StringComparer.Ordinal).Where(w => w.Key.StartsWith("network.", StringComparison.Ordinal)).SelectMany(w => w.Value.data<float>().ToArray())];
    }

    /// <summary>What the loop does before the first step.</summary>
    public TinySubject Initialise()
    {
        torch.manual_seed(SeedSequence.Derive(Seed, 0, Purpose.Initialise));
        using IDisposable scope = torch.NewDisposeScope();
        Subject.Initialise(At(0));
        return this;
    }

    /// <summary>What the loop does for some steps, no more than the schedule has.</summary>
    public TinySubject Train(long steps, long from = 0)
    {
        for (long step = from; step < Math.Min(from + steps, Subject.Schedule.MaxSteps); step++)
        {
            torch.manual_seed(SeedSequence.Derive(Seed, step, Purpose.Step));
            using IDisposable scope = torch.NewDisposeScope();
            using IDisposable? products = _products();
            Subject.Step(At(step));
        }

        return this;
    }

    /// <summary>A metric on the training split after the whole of a recipe's training: what better learning must lower.</summary>
    public static double Trained(string name, Recipe recipe, string metric)
    {
        using var tiny = new TinySubject(name, recipe: recipe);
        tiny.Initialise().Train(tiny.Subject.Schedule.MaxSteps);
        return tiny.Evaluate(Split.Train).Single(m => m.Metric == metric).Value;
    }

    public IReadOnlyList<Measurement> Evaluate(Split split, bool final = true)
    {
        torch.manual_seed(SeedSequence.Derive(Seed, 0, Purpose.EvaluateTrain + (int)split));
        return Subject.Evaluate(split, new EvaluationContext(Seed, 0, final, (_, _) => { }, CancellationToken.None));
    }

    public IReadOnlyList<Picture> Draw()
    {
        torch.manual_seed(SeedSequence.Derive(Seed, 0, Purpose.Draw));
        return Subject.Draw(new EvaluationContext(Seed, 0, final: true, (_, _) => { }, CancellationToken.None));
    }

    /// <summary>The whole registered state as the bytes of a checkpoint.</summary>
    public byte[] State()
    {
        using var bytes = new MemoryStream();
        new SubjectImage(Subject).Write(bytes);
        return bytes.ToArray();
    }

    /// <summary>Copies of the weights by name.</summary>
    public Dictionary<string, torch.Tensor> Weights() =>
        new SubjectImage(Subject).Weights.ToDictionary(w => w.Key, w => w.Value.detach().clone());

    /// <summary>The weights that gradients train, live, by name; none where nothing is differentiated.</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> ByGradient() => [.. new SubjectImage(Subject).Weights.Where(w => w.Value.requires_grad)];

    /// <summary>Puts values into the weights of their names.</summary>
    public void Put(IReadOnlyDictionary<string, torch.Tensor> values)
    {
        using IDisposable still = torch.no_grad();
        foreach ((string name, torch.Tensor weight) in new SubjectImage(Subject).Weights)
        {
            if (values.TryGetValue(name, out torch.Tensor? value))
                weight.copy_(value);
        }
    }

    /// <summary>Makes a weight that is not a number.</summary>
    public void PoisonWeight()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        new SubjectImage(Subject).Weights[0].Value.view(-1).narrow(0, 0, 1).fill_(double.NaN);
    }

    public void Dispose()
    {
        Subject.Dispose();
        _data.Dispose();
    }
}
