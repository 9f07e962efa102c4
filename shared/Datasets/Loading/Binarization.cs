using Replications.Datasets.Registry;
using TorchSharp;

namespace Replications.Datasets.Loading;

/// <summary>Binary examples as a model sees them: fixed ones as they are, dynamic ones drawn afresh.</summary>
public static class Binarization
{
    private const double White = 255;

    /// <summary>Bits of some examples, as the data set's kind demands.</summary>
    /// <param name="data">Data set of kind <see cref="ValueKind.Bits"/> or <see cref="ValueKind.DynamicBits"/>.</param>
    /// <param name="examples">Examples of it as they are kept, any shape.</param>
    /// <param name="generator">Source of a dynamic sample; null for the device's default generator. Fixed bits draw nothing.</param>
    /// <returns>float32, 0 or 1, same shape.</returns>
    /// <exception cref="ArgumentException">The data set is not binary: thresholding grey levels would make a set that no published number is about.</exception>
    public static torch.Tensor Bits(DataSet data, torch.Tensor examples, torch.Generator? generator = null) => data.Kind switch
    {
        ValueKind.Bits => examples.to_type(torch.ScalarType.Float32),
        ValueKind.DynamicBits => Sample(examples, generator),
        ValueKind kind => throw new ArgumentException($"data set '{data.Id}' holds {kind}, not bits", nameof(data)),
    };

    /// <summary>A Bernoulli sample with probability grey / 255: black is always 0, white always 1.</summary>
    private static torch.Tensor Sample(torch.Tensor grey, torch.Generator? generator)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor uniform = torch.rand(grey.shape, torch.ScalarType.Float32, grey.device, generator: generator);
        return uniform.mul_(White).lt(grey).to_type(torch.ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
