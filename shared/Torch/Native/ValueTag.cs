namespace TorchSharp;

/// <summary>What a <see cref="NativeValue"/> holds; the same numbers as rt_tag in native/door/door.h.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    DoubleList = 6,
    TensorList = 7,
    String = 8,
    Device = 9,
    Generator = 10,
    Default = 11,
    Complex = 12,
    BoolList = 13,
}
