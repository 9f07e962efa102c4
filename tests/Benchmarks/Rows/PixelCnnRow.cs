using Replications.Datasets;
using Replications.PixelCnn;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>One training step of a PixelCNN of 15 blocks on 28 x 28 binary images, as the suite takes it: Adam, batch 64.</summary>
internal sealed class PixelCnnRow : IRow
{
    private const int Seed = 1;
    private readonly DataSet _data;
    private readonly PixelSubject _subject;
    private readonly Precision _precision;
    private long _step;

    public PixelCnnRow(Precision precision)
    {
        _precision = precision;
        using Batches batches = new();
        _data = new DataSet("random-bits", new Dictionary<Split, torch.Tensor> { [Split.Train] = batches.All().narrow(0, 0, 640) });
        _subject = new PixelSubject(new PixelRecipe { BatchSize = 64, Layers = 15, Hidden = 32, HeadWidth = 32 }, new SubjectContext(_data, torch.CPU, precision, Seed));
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
