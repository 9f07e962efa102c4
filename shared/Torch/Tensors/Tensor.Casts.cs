namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor(byte value) => FromSpan<byte>([value], [], null, null, false);
        public static implicit operator Tensor(sbyte value) => FromSpan<sbyte>([value], [], null, null, false);
        public static implicit operator Tensor(short value) => FromSpan<short>([value], [], null, null, false);
        public static implicit operator Tensor(int value) => FromSpan<int>([value], [], null, null, false);
        public static implicit operator Tensor(long value) => FromSpan<long>([value], [], null, null, false);
        public static implicit operator Tensor(float value) => FromSpan<float>([value], [], null, null, false);
        public static implicit operator Tensor(double value) => FromSpan<double>([value], [], null, null, false);
        public static implicit operator Tensor(bool value) => FromSpan<bool>([value], [], null, null, false);
        public static implicit operator Tensor(System.Numerics.Complex value) => FromSpan<System.Numerics.Complex>([value], [], null, null, false);

        public static implicit operator Tensor(byte[] value) => FromSpan<byte>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(sbyte[] value) => FromSpan<sbyte>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(short[] value) => FromSpan<short>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(int[] value) => FromSpan<int>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(long[] value) => FromSpan<long>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(float[] value) => FromSpan<float>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(double[] value) => FromSpan<double>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(bool[] value) => FromSpan<bool>(value, [value.Length], null, null, false);
        public static implicit operator Tensor(System.Numerics.Complex[] value) => FromSpan<System.Numerics.Complex>(value, [value.Length], null, null, false);

        public static implicit operator Tensor(Scalar scalar) => Aten.scalar_tensor.Call(scalar, scalar.Type);

        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator sbyte(Tensor value) => value.ToSByte();
        public static explicit operator byte(Tensor value) => value.ToByte();
        public static explicit operator short(Tensor value) => value.ToInt16();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
