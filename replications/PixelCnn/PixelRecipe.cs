using Replications.Datasets.Registry;
using Replications.Training.Subjects;

namespace Replications.PixelCnn;

/// <summary>The networks of the two papers.</summary>
public enum PixelNetworkKind
{
    /// <summary>Masked convolutions (PixelRNN, section 3.4).</summary>
    PixelCnn,

    /// <summary>Vertical and horizontal stacks with gates (Gated PixelCNN, section 2).</summary>
    Gated,

    /// <summary>Row LSTM (PixelRNN, section 3.1).</summary>
    RowLstm,

    /// <summary>Diagonal BiLSTM (PixelRNN, section 3.2).</summary>
    DiagonalBiLstm,
}

/// <summary>The distribution of one value given those before it.</summary>
public enum PixelOutput
{
    /// <summary>One logit, for bits (PixelRNN, Table 1).</summary>
    Bernoulli,

    /// <summary>256 logits for each colour (PixelRNN, section 2.2).</summary>
    Softmax256,
}

/// <summary>Update rules.</summary>
public enum UpdateRule
{
    /// <summary>Used throughout by the paper (section 5.2), whose rates are not published; here for CIFAR-10.</summary>
    RmsProp,

    /// <summary>Used by three of the four re-implementations that state a result on MNIST (pytorch-generative, igul222/pixel_rnn, rmsnorm/pixel-rnn-jax); here for MNIST.</summary>
    Adam,
}

/// <summary>
/// Constants of a PixelCNN or PixelRNN. The paper gives depth and width for CIFAR-10 (section 4) and for the two Diagonal BiLSTMs on
/// MNIST (Table 4); depth and width of the others on MNIST, rates, schedules, initial weights and clipping are not published: ours are
/// declared here and in README.md.
/// </summary>
public sealed record PixelRecipe : Recipe
{
    /// <summary>Which network.</summary>
    public PixelNetworkKind Network { get; init; } = PixelNetworkKind.PixelCnn;

    /// <summary>Distribution of a value.</summary>
    public PixelOutput Output { get; init; } = PixelOutput.Bernoulli;

    /// <summary>Residual blocks or layers after the first convolution: 15 for the PixelCNN of CIFAR-10 (section 4).</summary>
    [AtLeast(1)]
    public int Layers { get; init; } = 15;

    /// <summary>h: blocks are 2h wide outside and h inside (figure 5).</summary>
    [AtLeast(1)]
    public int Hidden { get; init; } = 32;

    /// <summary>Features of the 1 x 1 convolution before that of the logits: 32 for MNIST, 1024 for CIFAR-10 (section 4).</summary>
    [AtLeast(1)]
    public int HeadWidth { get; init; } = 32;

    /// <summary>Adds a bias that depends on the class (Gated PixelCNN, section 2.3); for data with labels.</summary>
    public bool ClassConditional { get; init; }

    /// <summary>Classes, where conditional.</summary>
    [AtLeast(1)]
    public int Classes { get; init; } = 10;

    /// <summary>Update rule.</summary>
    public UpdateRule UpdateRule { get; init; } = UpdateRule.Adam;

    /// <summary>Learning rate of the first update; not published.</summary>
    [Positive]
    public double Rate { get; init; } = 1e-3;

    /// <summary>Factor of the rate from update to update; 1 leaves it. Schedules are not published.</summary>
    [Within("(0,1]")]
    public double RateDecay { get; init; } = 1;

    /// <summary>Largest norm of the gradient of the mean nats per value, one colour of one pixel; not published.</summary>
    [Positive]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Share that stays of the average of the weights that evaluation uses; 0 evaluates the weights themselves. Not published.</summary>
    [Within("[0,1)")]
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Images in a minibatch: 16 for MNIST and CIFAR-10 (section 5.2).</summary>
    [AtLeast(1)]
    public int BatchSize { get; init; } = 16;

    /// <summary>Epochs at most; not published.</summary>
    [AtLeast(1)]
    public int MaxEpochs { get; init; } = 100;

    /// <summary>Epochs without a better validation likelihood after which training stops, where there is a validation split; not published.</summary>
    [AtLeast(1)]
    public int LookAhead { get; init; } = 15;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => ClassConditional && Network != PixelNetworkKind.Gated
        ? base.Problems().Append($"ClassConditional needs the Gated network, not {Network}")
        : base.Problems();

    /// <inheritdoc/>
    public override IEnumerable<string> ProblemsWith(DataSetEntry data)
    {
        if ((Output == PixelOutput.Bernoulli) != (data.Kind == ValueKind.Bits))
            yield return $"Output {Output} is not for the values of {data.Id}";
        if (ClassConditional && data.Labels is null)
            yield return $"ClassConditional needs labels, and {data.Id} has none";
        int colours = ImageShape.Of(data.Shape).Colours;
        foreach ((string name, int features) in new[] { (nameof(HeadWidth), HeadWidth), (nameof(Hidden), Hidden) })
        {
            if (features < colours)
                yield return $"{name} must be at least {colours}, a feature for each colour, not {features}";
        }
    }
}
