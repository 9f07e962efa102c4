using Replications.Datasets;
using Replications.Rbm;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Benchmarks.Rows;

/// <summary>One update of an RBM of 500 hidden units by contrastive divergence, as the suite makes it: batch 100, momentum, weight decay.</summary>
internal sealed class RbmRow : IRow
{
    private const int Seed = 1;
    private readonly DataSet _data;
    private readonly RbmSubject _subject;
    private long _step;

    public RbmRow(int gibbsSteps)
    {
        using Batches batches = new();
        torch.Tensor all = batches.All();
        // The subject trains on the validation images too: there are none.
        _data = new DataSet("random-bits", new Dictionary<Split, torch.Tensor> { [Split.Train] = all, [Split.Valid] = all.narrow(0, 0, 0).clone() });
        var recipe = new RbmRecipe { GibbsSteps = gibbsSteps, BiasesFromMeans = false, Epochs = 1_000_000, MomentumEpochs = 1_000_000, Cooling = 0, WeightDecay = 0.0002 };
        _subject = new RbmSubject(recipe, new SubjectContext(_data, torch.CPU, Seed));
        _subject.Initialise(new StepContext(Seed, 0, _subject.Schedule.StepsPerEpoch));
    }

    public double Run(int count)
    {
        double last = double.NaN;
        for (int i = 0; i < count; i++)
            last = _subject.Step(new StepContext(Seed, _step++, _subject.Schedule.StepsPerEpoch))["activity"];
        return last;
    }

    public void Dispose()
    {
        _subject.Dispose();
        _data.Dispose();
    }
}
