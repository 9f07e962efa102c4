using Replications.Datasets;
using Replications.Made;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>One training step of a MADE with one hidden layer, one mask and the direct connection, as the suite takes it: Adagrad, batch 100.</summary>
internal sealed class MadeRow : IRow
{
    private const int Seed = 1;
    private readonly DataSet _data;
    private readonly MadeSubject _subject;
    private readonly Precision _precision;
    private long _step;

    public MadeRow(int hidden, Precision precision)
    {
        _precision = precision;
        using Batches batches = new();
        _data = new DataSet("random-bits", new Dictionary<Split, torch.Tensor> { [Split.Train] = batches.All() });
        _subject = new MadeSubject(new MadeRecipe { HiddenUnits = hidden }, new SubjectContext(_data, torch.CPU, precision, Seed));
    }

    public double Run(int count)
    {
        double last = double.NaN;
        for (int i = 0; i < count; i++)
        {
            using IDisposable? products = ComputeEngine.Products(torch.CPU, _precision);
            last = _subject.Step(new StepContext(Seed, _step++, _subject.Schedule.StepsPerEpoch))["loss"];
        }
        return last;
    }

    public void Dispose()
    {
        _subject.Dispose();
        _data.Dispose();
    }
}
