using Replications.Datasets;
using Replications.Training.Engine;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>Training steps of a replication's subject, as the suite takes them.</summary>
internal sealed class SubjectRow : IRow
{
    private const int Seed = 1;
    private readonly DataSet _data;
    private readonly ISubject _subject;
    private readonly Precision _precision;
    private readonly string? _mean;
    private long _step;

    /// <summary>Makes the subject.</summary>
    /// <param name="subject">From images, device and seed to subject.</param>
    /// <param name="images">What it trains on; disposed of with the row.</param>
    /// <param name="precision">Arithmetic of the products.</param>
    /// <param name="mean">The scalar whose mean over the steps is held against the peer's; without it, the loss of the last.</param>
    public SubjectRow(Func<SubjectContext, ISubject> subject, DataSet images, Precision precision, string? mean = null)
    {
        _mean = mean;
        _precision = precision;
        _data = images;
        _subject = subject(new SubjectContext(images, torch.CPU, Seed));
        _subject.Initialise(new StepContext(Seed, 0, _subject.Schedule.StepsPerEpoch));
    }

    /// <summary>Random binary images of 784 pixels, those of the peer, and a validation split without any.</summary>
    /// <param name="count">How many, at most 1000.</param>
    public static DataSet Bits(int count)
    {
        using Batches batches = new();
        using torch.Tensor all = batches.All();
        return new DataSet("random-bits", new Dictionary<Split, torch.Tensor> { [Split.Train] = all.narrow(0, 0, count), [Split.Valid] = all.narrow(0, 0, 0).clone() });
    }

    /// <summary>Images of 32 x 32 pixels of random colours, those of the peer.</summary>
    /// <param name="count">How many.</param>
    public static DataSet Colours(int count) =>
        new("random-colours", new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.randint(0, 256, [count, 3, 32, 32]).to_type(torch.ScalarType.Byte) });

    public double Run(int count)
    {
        double last = double.NaN, sum = 0;
        for (int i = 0; i < count; i++)
        {
            using IDisposable? products = ComputeEngine.Products(torch.CPU, _precision);
            last = _subject.Step(new StepContext(Seed, _step++, _subject.Schedule.StepsPerEpoch))[_mean ?? "loss"];
            sum += last;
        }
        return _mean is null ? last : sum / count;
    }

    public void Dispose()
    {
        _subject.Dispose();
        _data.Dispose();
    }
}
