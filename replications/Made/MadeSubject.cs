using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Averages;
using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;

namespace Replications.Made;

/// <summary>MADE in training: one network, one optimiser, a cycle of masks.</summary>
public sealed class MadeSubject : ISubject, IDiscreteDensity, IAutoregressive
{
    // 2,000 x 8,000 activations are 64 MB.
    private const long Portion = 2000;

    private readonly MadeRecipe _recipe;
    private readonly DataSet _data;
    private readonly MadeNetwork _network;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly MaskCycle _masks;
    private readonly Batches _batches;

    /// <summary>Makes the network with fresh weights.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device, seed.</param>
    public MadeSubject(MadeRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        int inputs = (int)_data.Shape[0];
        _network = new MadeNetwork(inputs, recipe).to(context.Device);
        _optimizer = MadeOptimizer.For(recipe, _network.parameters());
        _masks = new MaskCycle(inputs, [.. Enumerable.Repeat(recipe.HiddenUnits, recipe.HiddenLayers)], recipe.Masks, context.Seed, context.Device);
        if (recipe.Masks == 1)
            _network.Fix(_masks.ForStep(0));

        // The official code goes through the file's order in every epoch; here each epoch has its own, a function of
        // (seed, epoch). The last minibatch is as small as it comes, as there.
        _batches = new Batches(_data, Split.Train, recipe.BatchSize, context.Seed);
        Schedule = new Schedule
        {
            StepsPerEpoch = _batches.PerEpoch,
            MaxSteps = _batches.PerEpoch * recipe.MaxEpochs,
            EvaluateEvery = _batches.PerEpoch,
            SelectOn = "nll",
            Patience = recipe.LookAhead,
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public long Parameters => _network.parameters().Sum(p => p.numel());

    /// <inheritdoc/>
    public int Values => 2;

    /// <inheritdoc/>
    public int Orders => EvaluationMasks(final: true);

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        // The masks are a pure function of (seed, step): nothing to keep.
        state.Module("network", _network);
        state.Optimizer("optimizer", _optimizer);
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor x = _batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32);
        torch.Tensor loss = _network.NegativeLogProbability(x, _masks.ForStep(context.Step)).mean();
        return new() { ["loss"] = Update.Apply(context, _optimizer, loss) };
    }

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples) => LogProbability(examples, EvaluationMasks(final: true), (_, _) => { });

    /// <inheritdoc/>
    public (torch.Tensor Outputs, int[] Position) Conditionals(torch.Tensor examples, int order) =>
        (_network.call(examples, _masks.ForEvaluation(order)), [.. _masks.EvaluationMasks(order).Input.Select(m => m - 1)]);

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context)
    {
        double[] values = LogProbability(_data.Examples(split), EvaluationMasks(context.Final), context.Report);
        PointMean nll = PointMean.Of(values).Times(-1);
        return [Measurement.Nll(nll)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context) =>
        _data.Shape[0] == MadePictures.Side * MadePictures.Side
            ? new MadePictures(_network, _masks, _recipe, _data).Draw(context)
            : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _masks.Dispose();
        _batches.Dispose();
    }

    private int EvaluationMasks(bool final) => _recipe.Masks > 0 ? _recipe.Masks : final ? _recipe.FinalMasks : _recipe.ValidationMasks;

    /// <summary>
    /// Log of the mean over masks of the joint probability (section 4.2; losses of trainMADE.py): a mixture of normalised models, where a mean of
    /// logits would be no model at all.
    /// </summary>
    private double[] LogProbability(torch.Tensor examples, int masks, Action<long, long> report)
    {
        using IDisposable grad = torch.no_grad();
        int n = (int)examples.shape[0];
        var mean = new LogMeanExp(n);
        for (int k = 0; k < masks; k++)
        {
            MaskDegrees mask = _masks.ForEvaluation(k);
            long before = (long)k * n;
            mean.Add(Portions.Numbers(examples, Portion, torch.ScalarType.Float32, (x, _) => -_network.NegativeLogProbability(x, mask),
                (done, _) => report(before + done, (long)masks * n)));
        }

        return mean.Result();
    }
}
