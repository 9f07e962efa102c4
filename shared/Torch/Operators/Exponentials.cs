namespace TorchSharp;

public static partial class torch
{
    public static Tensor exp(Tensor input) => input.exp();
    public static Tensor exp_(Tensor input) => input.exp_();
    public static Tensor exp2(Tensor input) => input.exp2();
    public static Tensor exp2_(Tensor input) => input.exp2_();
    public static Tensor expm1(Tensor input) => input.expm1();
    public static Tensor expm1_(Tensor input) => input.expm1_();
    public static Tensor log(Tensor input) => input.log();
    public static Tensor log_(Tensor input) => input.log_();
    public static Tensor log10(Tensor input) => input.log10();
    public static Tensor log10_(Tensor input) => input.log10_();
    public static Tensor log1p(Tensor input) => input.log1p();
    public static Tensor log1p_(Tensor input) => input.log1p_();
    public static Tensor log2(Tensor input) => input.log2();
    public static Tensor log2_(Tensor input) => input.log2_();
    public static Tensor sqrt(Tensor input) => input.sqrt();
    public static Tensor sqrt_(Tensor input) => input.sqrt_();
    public static Tensor rsqrt(Tensor input) => input.rsqrt();
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();
    public static Tensor square(Tensor input) => input.square();
    public static Tensor reciprocal(Tensor input) => input.reciprocal();
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);
    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);
    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);
    public static Tensor float_power(Tensor input, Tensor target) => input.float_power(target);
    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);
    public static Tensor logaddexp2(Tensor left, Tensor right) => left.logaddexp2(right);
    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);
    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);
    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);
    public static Tensor xlogy(Tensor x, Scalar y) => x.xlogy(y);

    public partial class Tensor
    {
        public Tensor exp() => Aten.exp.Unary(this);
        public Tensor exp_() => Aten.exp_.UnaryInPlace(this);
        public Tensor exp2() => Aten.exp2.Unary(this);
        public Tensor exp2_() => Aten.exp2_.UnaryInPlace(this);
        public Tensor expm1() => Aten.expm1.Unary(this);
        public Tensor expm1_() => Aten.expm1_.UnaryInPlace(this);
        public Tensor log() => Aten.log.Unary(this);
        public Tensor log_() => Aten.log_.UnaryInPlace(this);
        public Tensor log10() => Aten.log10.Unary(this);
        public Tensor log10_() => Aten.log10_.UnaryInPlace(this);
        public Tensor log1p() => Aten.log1p.Unary(this);
        public Tensor log1p_() => Aten.log1p_.UnaryInPlace(this);
        public Tensor log2() => Aten.log2.Unary(this);
        public Tensor log2_() => Aten.log2_.UnaryInPlace(this);
        public Tensor sqrt() => Aten.sqrt.Unary(this);
        public Tensor sqrt_() => Aten.sqrt_.UnaryInPlace(this);
        public Tensor rsqrt() => Aten.rsqrt.Unary(this);
        public Tensor rsqrt_() => Aten.rsqrt_.UnaryInPlace(this);
        public Tensor square() => Aten.square.Unary(this);
        public Tensor reciprocal() => Aten.reciprocal.Unary(this);
        public Tensor reciprocal_() => Aten.reciprocal_.UnaryInPlace(this);
        public Tensor pow(Tensor exponent) => Aten.pow_Tensor_Tensor.Binary(this, exponent);
        public Tensor pow(Scalar exponent) => Aten.pow_Tensor_Scalar.Call(this, exponent);
        public Tensor pow_(Tensor exponent) => Aten.pow__Tensor.BinaryInPlace(this, exponent);
        public Tensor pow_(Scalar exponent) => Aten.pow__Scalar.CallInPlace(this, exponent);
        public Tensor float_power(Tensor target) => Aten.float_power_Tensor_Tensor.Binary(this, target);
        public Tensor logaddexp(Tensor other) => Aten.logaddexp.Binary(this, other);
        public Tensor logaddexp2(Tensor other) => Aten.logaddexp2.Binary(this, other);
        public Tensor ldexp(Tensor other) => Aten.ldexp_Tensor.Binary(this, other);
        public Tensor hypot(Tensor other) => Aten.hypot.Binary(this, other);
        public Tensor xlogy(Tensor y) => Aten.xlogy_Tensor.Binary(this, y);
        public Tensor xlogy(Scalar y) => Aten.xlogy_Scalar_Other.Call(this, y);
        public Tensor xlogy_(Tensor y) => Aten.xlogy__Tensor.BinaryInPlace(this, y);
    }
}
