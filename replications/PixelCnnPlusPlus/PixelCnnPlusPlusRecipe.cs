using Replications.Datasets.Registry;
using Replications.Training.Subjects;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// Constants of PixelCNN++. The paper describes the network for CIFAR-10 in section 3.1; all else is in the official code. The defaults are those of its
/// train.py as it stood when the paper came out, from 87348c6 (2016-12-17) to 8463c9a (2017-03-13).
/// </summary>
public sealed record PixelCnnPlusPlusRecipe : Recipe
{
    /// <summary>Features of every layer (nr_filters). The paper has 192 (section 3.1), which no revision of the code has together with this network: README.md.</summary>
    [AtLeast(1)]
    public int Filters { get; init; } = 160;

    /// <summary>Blocks of each stream in a stage on the way up (section 3.1; nr_resnet); one more on the way down but in the first (model.py, range(nr_resnet + 1)).</summary>
    [AtLeast(1)]
    public int Resnets { get; init; } = 5;

    /// <summary>K: logistics in a mixture (nr_logistic_mix).</summary>
    [AtLeast(1)]
    public int Mixtures { get; init; } = 10;

    /// <summary>Share dropped after the first convolution of each block (section 2.5; dropout_p).</summary>
    [Within("[0,1)")]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Adds to each block a projection of the class (section 3.2; class_conditional); for data with labels.</summary>
    public bool ClassConditional { get; init; }

    /// <summary>Classes, where conditional: those of CIFAR-10.</summary>
    [AtLeast(1)]
    public int Classes { get; init; } = 10;

    /// <summary>Images in a minibatch: 12 on each of 8 GPUs (batch_size, nr_gpu).</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 96;

    /// <summary>Images that lengths and biases are chosen from at the start (init_batch_size).</summary>
    [AtLeast(1)]
    public int InitialBatch { get; init; } = 100;

    /// <summary>Learning rate before the first update (learning_rate).</summary>
    [Positive]
    public double Rate { get; init; } = 1e-3;

    /// <summary>Factor of the rate at each update (lr_decay).</summary>
    [Within("(0,1]")]
    public double RateDecay { get; init; } = 0.999995;

    /// <summary>Decay of Adam's mean of the gradients (train.py, mom1).</summary>
    [Within("[0,1)")]
    public double Beta1 { get; init; } = 0.95;

    /// <summary>Decay of Adam's mean of their squares (train.py, mom2).</summary>
    [Within("[0,1)")]
    public double Beta2 { get; init; } = 0.9995;

    /// <summary>Share that stays of the average of the weights, which is what is tested and drawn from (polyak_decay).</summary>
    [Within("[0,1)")]
    public double AverageDecay { get; init; } = 0.9995;

    /// <summary>Updates: 5000 epochs, after which the code ends if nobody has stopped it (max_epochs), of 520 whole minibatches.</summary>
    [AtLeast(1)]
    public int Updates { get; init; } = 2_600_000;

    /// <summary>Images of the test split that are measured, the first ones: all of CIFAR-10's.</summary>
    [AtLeast(2)] // One image has no standard error.
    public int TestImages { get; init; } = 10_000;

    /// <inheritdoc/>
    public override IEnumerable<string> ProblemsWith(DataSetEntry data)
    {
        if (ClassConditional && data.Labels is null)
            yield return $"ClassConditional needs labels, and {data.Id} has none";
    }
}
