namespace TorchSharp;

public static partial class torch
{
    public static Tensor logical_not(Tensor input) => input.logical_not();
    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();
    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);
    public static Tensor logical_and_(Tensor left, Tensor right) => left.logical_and_(right);
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);
    public static Tensor logical_or_(Tensor left, Tensor right) => left.logical_or_(right);
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);
    public static Tensor logical_xor_(Tensor left, Tensor right) => left.logical_xor_(right);
    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);
    public static Tensor bitwise_and_(Tensor left, Tensor right) => left.bitwise_and_(right);
    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);
    public static Tensor bitwise_or_(Tensor left, Tensor right) => left.bitwise_or_(right);
    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);
    public static Tensor bitwise_xor_(Tensor left, Tensor right) => left.bitwise_xor_(right);
    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);
    public static Tensor bitwise_left_shift_(Tensor left, Tensor right) => left.bitwise_left_shift_(right);
    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);
    public static Tensor bitwise_right_shift_(Tensor left, Tensor right) => left.bitwise_right_shift_(right);

    public partial class Tensor
    {
        public Tensor logical_not() => Aten.logical_not.Unary(this);
        public Tensor logical_not_() => Aten.logical_not_.UnaryInPlace(this);
        public Tensor bitwise_not() => Aten.bitwise_not.Unary(this);
        public Tensor bitwise_not_() => Aten.bitwise_not_.UnaryInPlace(this);
        public Tensor logical_and(Tensor other) => Aten.logical_and.Binary(this, other);
        public Tensor logical_and_(Tensor other) => Aten.logical_and_.BinaryInPlace(this, other);
        public Tensor logical_or(Tensor other) => Aten.logical_or.Binary(this, other);
        public Tensor logical_or_(Tensor other) => Aten.logical_or_.BinaryInPlace(this, other);
        public Tensor logical_xor(Tensor other) => Aten.logical_xor.Binary(this, other);
        public Tensor logical_xor_(Tensor other) => Aten.logical_xor_.BinaryInPlace(this, other);
        public Tensor bitwise_and(Tensor other) => Aten.bitwise_and_Tensor.Binary(this, other);
        public Tensor bitwise_and_(Tensor other) => Aten.bitwise_and__Tensor.BinaryInPlace(this, other);
        public Tensor bitwise_or(Tensor other) => Aten.bitwise_or_Tensor.Binary(this, other);
        public Tensor bitwise_or_(Tensor other) => Aten.bitwise_or__Tensor.BinaryInPlace(this, other);
        public Tensor bitwise_xor(Tensor other) => Aten.bitwise_xor_Tensor.Binary(this, other);
        public Tensor bitwise_xor_(Tensor other) => Aten.bitwise_xor__Tensor.BinaryInPlace(this, other);
        public Tensor bitwise_left_shift(Tensor other) => Aten.bitwise_left_shift_Tensor.Binary(this, other);
        public Tensor bitwise_left_shift_(Tensor other) => Aten.bitwise_left_shift__Tensor.BinaryInPlace(this, other);
        public Tensor bitwise_right_shift(Tensor other) => Aten.bitwise_right_shift_Tensor.Binary(this, other);
        public Tensor bitwise_right_shift_(Tensor other) => Aten.bitwise_right_shift__Tensor.BinaryInPlace(this, other);
    }
}
