namespace Replications.Training.Subjects;

/// <summary>Arithmetic of matrix products and convolutions; weights and sums stay float32.</summary>
public enum Precision
{
    /// <summary>IEEE single precision throughout.</summary>
    Float32,

    /// <summary>bfloat16 products with float32 master weights, where the processor has them.</summary>
    BFloat16,
}
