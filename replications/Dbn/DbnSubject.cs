using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbn;

/// <summary>A deep belief network in training: the first layer, the second on draws of the first, then both up and down.</summary>
[Without("probabilities are bounded, not computed", typeof(IDiscreteDensity))]
[Without("hidden units draw all pixels at once", typeof(IAutoregressive))]
public sealed class DbnSubject : ISubject
{
    private const int Side = 28;

    private readonly DbnRecipe _recipe;
    private readonly DataSet _data;
    private readonly DataSet _training;
    private readonly Batches _batches;
    private readonly DeepBeliefNetwork _network;
    private readonly RbmLearner _first;
    private readonly RbmLearner _second;
    private readonly NegativePhase _firstNegative;
    private readonly NegativePhase _secondNegative;
    private readonly DbnLikelihood _likelihood;

    /// <summary>Makes the network with weights of zero, to be set by <see cref="Initialise"/>.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="context">Rows of bits, device, seed.</param>
    public DbnSubject(DbnRecipe recipe, SubjectContext context)
    {
        _recipe = recipe;
        _data = context.Data;
        _training = TrainingImages.WithValidation(_data);
        _batches = new Batches(_training, Split.Train, recipe.BatchSize, context.Seed);
        _network = new DeepBeliefNetwork(_data.Shape[0], recipe, context.Device);
        (_firstNegative, _secondNegative) = (new ContrastiveDivergence(_network.Bottom), new ContrastiveDivergence(_network.Top));
        _first = new RbmLearner(_network.Bottom, _firstNegative, recipe.WeightDecay);
        _second = new RbmLearner(_network.Top, _secondNegative, recipe.WeightDecay);
        _likelihood = new DbnLikelihood(recipe, _network, _data);
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
    public long Parameters => _network.Parameters;

    /// <inheritdoc/>
    public void Register(SubjectState state)
    {
        _first.Register(state, "first_");
        _second.Register(state, "second_");
        state.Tensor("recognition_weights", _network.R);
    }

    /// <summary>Small random weights; visible biases from the pixel means.</summary>
    /// <param name="context">Seeded.</param>
    public void Initialise(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        torch.Tensor rates = BipartiteMachine.BaseRates(_training.Examples(Split.Train).to(torch.ScalarType.Float32).mean([0]));
        context.RequireFinite("pixel means", rates.sum().ToDouble());
        _network.Bottom.B.copy_(rates);
        foreach (torch.Tensor w in new[] { _network.Bottom.W, _network.Top.W })
            w.copy_(torch.randn_like(w) * _recipe.InitialDeviation);
        _network.R.copy_(_network.Bottom.W);
    }

    /// <inheritdoc/>
    public Scalars Step(StepContext context)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor v = _batches.Examples(context.Epoch, context.Batch).to(torch.ScalarType.Float32);
        long epoch = context.Epoch;
        double Done(int epochs) => ((epoch * Schedule.StepsPerEpoch) + context.Batch + 1.0) / (epochs * Schedule.StepsPerEpoch);
        if (epoch < _recipe.FirstEpochs)
        {
            Scalars learnt = _first.Learn(context, v, _recipe.Pace(epoch, Done(_recipe.FirstEpochs)), random);
            _network.R.copy_(_network.Bottom.W);
            return learnt;
        }

        epoch -= _recipe.FirstEpochs;
        if (epoch < _recipe.SecondEpochs)
            return _second.Learn(context, random.Draw(_network.PosteriorLogits(v)), _recipe.Pace(epoch, Done(_recipe.SecondEpochs)), random);

        epoch -= _recipe.SecondEpochs;
        return _network.UpDown(context, v, _recipe.UpDownSteps(epoch), _recipe.UpDownRate * (1 - Done(_recipe.UpDownEpochs)), random);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context) => _likelihood.Measure(split, context);

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Draw(EvaluationContext context)
    {
        if (_data.Shape[0] != Side * Side)
            return [];
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        using var random = BernoulliSource.Seeded();
        torch.Tensor v = _data.Examples(Split.Test).index_select(0, _data.EvenlySpaced(Split.Test, 100)).to(torch.ScalarType.Float32);
        torch.Tensor h = random.Draw(_network.PosteriorLogits(v));
        for (int i = 0; i < 1000; i += 100)
        {
            context.Report(i, 1000);
            h = _network.Top.Gibbs(h, 100, random);
        }

        return [Tiles.Grey("samples", "Samples", "Probabilities of the pixels below chains of the top that began at test images, one row a digit, and ran for 1000 Gibbs steps.",
            _network.Bottom.VisibleLogits(h).sigmoid().reshape(-1, Side, Side), 10)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _firstNegative.Dispose();
        _secondNegative.Dispose();
        _network.Dispose();
        _batches.Dispose();
        _training.Dispose();
    }
}
