using Replications.Datasets;
using TorchSharp;

namespace Replications.Training.Subjects;

/// <summary>What a subject is made from besides its recipe.</summary>
/// <param name="Data">The experiment's data set, loaded and verified.</param>
/// <param name="Device">Where tensors live.</param>
/// <param name="Precision">Arithmetic of the matrix products.</param>
/// <param name="Seed">Training seed; the default generators are seeded from it before the subject is made.</param>
public sealed record SubjectContext(DataSet Data, torch.Device Device, Precision Precision, long Seed);

/// <summary>Arithmetic of matrix products and convolutions; weights and sums stay float32.</summary>
public enum Precision
{
    /// <summary>IEEE single precision throughout.</summary>
    Float32,

    /// <summary>bfloat16 products with float32 master weights, where the processor has them.</summary>
    BFloat16,
}
