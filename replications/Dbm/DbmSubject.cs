using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>A deep Boltzmann machine in training: a stack of RBMs with doubled units, one after another, then all layers at once.</summary>
[Without("probabilities are bounded, not computed", typeof(IDiscreteDensity))]
[Without("connections have no direction", typeof(IAutoregressive))]
public sealed class DbmSubject : ISubject
{
    private readonly DbmRecipe _recipe;
    private readonly DataSet _data;
    private readonly DataSet _training;
    private readonly Batches _batches;
    private readonly DeepBoltzmannMachine _machine;
    private readonly IReadOnlyList<NegativePhase> _negatives;
    private readonly IReadOnlyList<RbmLearner> _learners;
    private readonly DbmLearner _joint;
    private readonly DbmLikelihood _likelihood;

    /// <summary>Makes the machine with weights of zero, to be set by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device, seed.</param>
    public DbmSubject(DbmRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        _training = TrainingImages.WithValidation(_data);
        _batches = new Batches(_training, Split.Train, recipe.BatchSize, context.Seed);
        _machine = new DeepBoltzmannMachine(recipe.Sizes(_data.Shape[0]), context.Device);
        _negatives = [.. _machine.Stack.Select(rbm => new ContrastiveDivergence(rbm))];
        _learners = [.. _machine.Stack.Zip(_negatives, (rbm, negative) => new RbmLearner(rbm, negative, recipe.PretrainingDecay / Share(rbm)))];
        _joint = new DbmLearner(_machine, new MeanField(_machine, recipe.MeanFieldUpdates, recipe.MeanFieldTolerance), recipe.Chains, recipe.JointDecay);
        _likelihood = new DbmLikelihood(recipe, _machine, _data);
        Schedule = new Schedule
        {
            StepsPerEpoch = _batches.PerEpoch,
            MaxSteps = _batches.PerEpoch * recipe.Epochs,
            MeasureAtEnd = [Split.Train, Split.Test],
        };
    }

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public long Parameters => _machine.Parameters;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        for (int l = 0; l < _learners.Count; l++)
            _learners[l].Register(state, $"rbm_{l + 1}_");
        _joint.Register(state);
    }

    /// <summary>Small random weights; visible biases from the pixel means; chains that go on start here.</summary>
    /// <param name="context">Seeded.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor rates = BipartiteMachine.BaseRates(_training.Examples(Split.Train).to(torch.ScalarType.Float32).mean([0]));
        context.RequireFinite("pixel means", rates.sum().ToDouble());
        foreach (RestrictedBoltzmannMachine rbm in _machine.Stack)
            rbm.W.copy_(torch.randn_like(rbm.W) * (_recipe.InitialDeviation * Share(rbm)));
        _machine.Stack[0].B.copy_(rates);
        _machine.Compose();
        _joint.Start(random);
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor v = _batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32), input = v;
        long epoch = context.Epoch;
        for (int l = 0; l < _learners.Count; l++)
        {
            if (epoch < _recipe.EpochsOf(l))
            {
                Pace pace = _recipe.Pace(l, epoch);
                Scalars learnt = _learners[l].Learn(context, input, pace with { Rate = pace.Rate * Share(_machine.Stack[l]) }, random);
                _machine.Compose();
                return learnt;
            }

            epoch -= _recipe.EpochsOf(l);
            input = random.Draw(_machine.Stack[l].HiddenLogits(input));
        }

        double done = ((epoch * Schedule.StepsPerEpoch) + context.Batch + 1.0) / (_recipe.JointEpochs * Schedule.StepsPerEpoch);
        return _joint.Learn(context, v, _recipe.GibbsSteps, _recipe.JointRate * (1 - done), _recipe.Momentum(epoch), random);
    }

    /// <summary>
    /// What a machine holds of the weights that it is trained with. One between two others is trained as any RBM and halved in both directions afterwards
    /// (section 3.1): here it holds the halves from the beginning, so that its updates and initial weights are half as large, and its decay is as strong.
    /// </summary>
    private static double Share(RestrictedBoltzmannMachine rbm) => rbm is { VisibleCopies: > 1, HiddenCopies: > 1 } ? 0.5 : 1;

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context) => _likelihood.Measure(split, context);

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context) =>
        _data.Shape[0] == ChainPictures.Side * ChainPictures.Side ? new ChainPictures(_machine, _data).Draw(context) : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in _learners.Concat<IDisposable>(_negatives))
            part.Dispose();
        _joint.Dispose();
        _machine.Dispose();
        _batches.Dispose();
        _training.Dispose();
    }
}
