namespace Replications.Datasets.Formats;

/// <summary>Type of an array's elements, little endian.</summary>
public enum ElementType
{
    /// <summary>One byte: bits, pixels, small labels.</summary>
    UInt8,

    /// <summary>Four-byte signed integer.</summary>
    Int32,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}
