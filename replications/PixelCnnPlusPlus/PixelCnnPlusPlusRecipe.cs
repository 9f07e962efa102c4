using Replications.Datasets.Registry;
using Replications.Training.Subjects;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// Constants of PixelCNN++. The paper describes the network for CIFAR-10 in section 3.1; all else is in the official code, whose train.py has the
/// defaults named here.
/// </summary>
public sealed record PixelCnnPlusPlusRecipe : Recipe
{
    /// <summary>Features of every layer: 192 in the paper (section 3.1); train.py has 160 (nr_filters).</summary>
    public int Filters { get; init; } = 192;

    /// <summary>Blocks of each stream in a stage on the way up; one more on the way down but in the first (section 3.1; nr_resnet).</summary>
    public int Resnets { get; init; } = 5;

    /// <summary>K: logistics in a mixture (nr_logistic_mix).</summary>
    public int Mixtures { get; init; } = 10;

    /// <summary>Share dropped after the first convolution of each block (section 2.5; dropout_p).</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Adds to each block a projection of the class (section 3.2; class_conditional); for data with labels.</summary>
    public bool ClassConditional { get; init; }

    /// <summary>Classes, where conditional: those of CIFAR-10.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Images in a minibatch: 16 on each of 8 GPUs (batch_size, nr_gpu).</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Images that lengths and biases are chosen from at the start (init_batch_size).</summary>
    public int InitialBatch { get; init; } = 16;

    /// <summary>Learning rate before the first update (learning_rate).</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Factor of the rate at each update (lr_decay).</summary>
    public double RateDecay { get; init; } = 0.999995;

    /// <summary>Decay of Adam's mean of the gradients (train.py, mom1).</summary>
    public double Beta1 { get; init; } = 0.95;

    /// <summary>Decay of Adam's mean of their squares (train.py, mom2).</summary>
    public double Beta2 { get; init; } = 0.9995;

    /// <summary>Share that stays of the average of the weights, which is what is tested and drawn from (polyak_decay).</summary>
    public double AverageDecay { get; init; } = 0.9995;

    /// <summary>Updates: 5000 epochs (max_epochs) of 390 whole minibatches.</summary>
    public int Updates { get; init; } = 1_950_000;

    /// <summary>Images of the test split that are measured, the first ones: all of CIFAR-10's.</summary>
    public int TestImages { get; init; } = 10_000;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach ((string name, int value) in new[]
        {
            (nameof(Filters), Filters), (nameof(Resnets), Resnets), (nameof(Mixtures), Mixtures), (nameof(Classes), Classes), (nameof(BatchSize), BatchSize),
            (nameof(InitialBatch), InitialBatch), (nameof(Updates), Updates),
        })
        {
            if (value < 1)
                yield return $"{name} must be at least 1, not {value}";
        }

        // One image has no standard error.
        if (TestImages < 2)
            yield return $"TestImages must be at least 2, not {TestImages}";

        foreach ((string name, double value) in new[]
        {
            (nameof(Dropout), Dropout), (nameof(Beta1), Beta1), (nameof(Beta2), Beta2), (nameof(AverageDecay), AverageDecay),
        })
        {
            if (!(value is >= 0 and < 1))
                yield return $"{name} must lie in [0,1), not {value}";
        }

        if (!(Rate is > 0 and < double.PositiveInfinity))
            yield return $"Rate must be above 0 and finite, not {Rate}";
        if (!(RateDecay is > 0 and <= 1))
            yield return $"RateDecay must lie in (0,1], not {RateDecay}";
    }

    /// <inheritdoc/>
    public override IEnumerable<string> ProblemsWith(DataSetEntry data)
    {
        if (ClassConditional && data.Labels is null)
            yield return $"ClassConditional needs labels, and {data.Id} has none";
    }
}
