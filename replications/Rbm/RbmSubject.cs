using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Rbm;

/// <summary>An RBM in training.</summary>
[Without("connections have no direction", typeof(IAutoregressive))]
public sealed class RbmSubject : ISubject, IDiscreteDensity
{
    private readonly RbmRecipe _recipe;
    private readonly DataSet _data;
    private readonly DataSet _training;
    private readonly Batches _batches;
    private readonly RestrictedBoltzmannMachine _machine;
    private readonly NegativePhase _negative;
    private readonly RbmLikelihood _likelihood;
    private readonly RbmLearner _learner;

    /// <summary>Makes the machine with weights of zero, to be set by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device, seed.</param>
    public RbmSubject(RbmRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        _training = TrainingImages.WithValidation(_data);
        _batches = new Batches(_training, Split.Train, recipe.BatchSize, context.Seed);
        _machine = new RestrictedBoltzmannMachine(_data.Shape[0], recipe.HiddenUnits, context.Device);
        _negative = recipe.Phase(_machine);
        _likelihood = new RbmLikelihood(recipe, _machine, _data);
        _learner = new RbmLearner(_machine, _negative, recipe.WeightDecay);

        // Nothing is selected: the check-ups on the test split are for people to see.
        Schedule = new Schedule
        {
            StepsPerEpoch = _batches.PerEpoch,
            MaxSteps = _batches.PerEpoch * recipe.Epochs,
            EvaluateEvery = _batches.PerEpoch * recipe.CheckupEvery,
            EvaluateOn = Split.Test,
            MeasureAtEnd = [Split.Train, Split.Test],
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public long Parameters => _machine.Parameters;

    /// <inheritdoc/>
    public int Values => 2;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        _learner.Register(state);
        _negative.Register(state);
    }

    /// <summary>Small random weights, visible biases from the pixel means, hidden biases of zero; chains that go on start here.</summary>
    /// <param name="context">Seeded.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor baseRates = _likelihood.BaseRates();
        context.RequireFinite("pixel means", baseRates.sum().ToDouble());
        _machine.W.copy_(torch.randn_like(_machine.W) * _recipe.InitialDeviation);
        if (_recipe.BiasesFromMeans)
            _machine.B.copy_(baseRates);
        _negative.Start(random);
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        Pace pace = _recipe.Pace(context.Epoch, (context.Step + 1.0) / Schedule.MaxSteps);
        torch.Tensor v = _batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32);
        return _learner.Learn(context, v, pace, random);
    }

    /// <inheritdoc/>
    public double[] LogProbability(torch.Tensor examples) => _likelihood.LogProbability(examples);

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context) =>
        context.Final ? _likelihood.Measure(split, context) : _likelihood.CheckUp(split, context);

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context) =>
        _data.Shape[0] == ChainPictures.Side * ChainPictures.Side ? new ChainPictures(_machine, _data).Draw(context) : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _learner.Dispose();
        _negative.Dispose();
        _machine.Dispose();
        _batches.Dispose();
        _training.Dispose();
    }
}
