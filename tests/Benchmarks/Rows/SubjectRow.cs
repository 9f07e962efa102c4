using Replications.Datasets;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>Training steps of a replication's subject on random binary images, as the suite takes them.</summary>
internal sealed class SubjectRow : IRow
{
    private const int Seed = 1;
    private readonly DataSet _data;
    private readonly ISubject _subject;
    private readonly Precision _precision;
    private long _step;

    /// <summary>Makes the subject.</summary>
    /// <param name="subject">From images, device, precision and seed to subject; one whose step gives a loss.</param>
    /// <param name="images">How many there are to train on.</param>
    /// <param name="precision">Arithmetic of the products.</param>
    public SubjectRow(Func<SubjectContext, ISubject> subject, int images, Precision precision)
    {
        _precision = precision;
        using Batches batches = new();
        _data = new DataSet("random-bits", new Dictionary<Split, torch.Tensor> { [Split.Train] = batches.All().narrow(0, 0, images) });
        _subject = subject(new SubjectContext(_data, torch.CPU, precision, Seed));
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
