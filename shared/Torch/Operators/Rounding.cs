namespace TorchSharp;

public static partial class torch
{
    public static Tensor abs(Tensor input) => input.abs();
    public static Tensor abs_(Tensor input) => input.abs_();
    public static Tensor absolute(Tensor input) => input.absolute();
    public static Tensor absolute_(Tensor input) => input.absolute_();
    public static Tensor ceil(Tensor input) => input.ceil();
    public static Tensor ceil_(Tensor input) => input.ceil_();
    public static Tensor floor(Tensor input) => input.floor();
    public static Tensor floor_(Tensor input) => input.floor_();
    public static Tensor frac(Tensor input) => input.frac();
    public static Tensor frac_(Tensor input) => input.frac_();
    public static Tensor sign(Tensor input) => input.sign();
    public static Tensor sign_(Tensor input) => input.sign_();
    public static Tensor sgn(Tensor input) => input.sgn();
    public static Tensor sgn_(Tensor input) => input.sgn_();
    public static Tensor trunc(Tensor input) => input.trunc();
    public static Tensor trunc_(Tensor input) => input.trunc_();
    public static Tensor fix(Tensor input) => input.fix();
    public static Tensor fix_(Tensor input) => input.fix_();
    public static Tensor neg(Tensor input) => input.neg();
    public static Tensor neg_(Tensor input) => input.neg_();
    public static Tensor negative(Tensor input) => input.negative();
    public static Tensor positive(Tensor input) => input.positive();
    public static Tensor signbit(Tensor input) => input.signbit();
    public static Tensor round(Tensor input, long decimals = 0L) => input.round(decimals);
    public static Tensor round_(Tensor input, long decimals = 0L) => input.round_(decimals);
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor nan_to_num(Tensor input, double nan = 0d, double? posinf = null, double? neginf = null) => input.nan_to_num(nan, posinf, neginf);

    public partial class Tensor
    {
        public Tensor abs() => Aten.abs.Unary(this);
        public Tensor abs_() => Aten.abs_.UnaryInPlace(this);
        public Tensor absolute() => abs();
        public Tensor absolute_() => abs_();
        public Tensor ceil() => Aten.ceil.Unary(this);
        public Tensor ceil_() => Aten.ceil_.UnaryInPlace(this);
        public Tensor floor() => Aten.floor.Unary(this);
        public Tensor floor_() => Aten.floor_.UnaryInPlace(this);
        public Tensor frac() => Aten.frac.Unary(this);
        public Tensor frac_() => Aten.frac_.UnaryInPlace(this);
        public Tensor sign() => Aten.sign.Unary(this);
        public Tensor sign_() => Aten.sign_.UnaryInPlace(this);
        public Tensor sgn() => Aten.sgn.Unary(this);
        public Tensor sgn_() => Aten.sgn_.UnaryInPlace(this);
        public Tensor trunc() => Aten.trunc.Unary(this);
        public Tensor trunc_() => Aten.trunc_.UnaryInPlace(this);
        public Tensor fix() => trunc();
        public Tensor fix_() => trunc_();
        public Tensor neg() => Aten.neg.Unary(this);
        public Tensor neg_() => Aten.neg_.UnaryInPlace(this);
        public Tensor negative() => neg();
        public Tensor positive() => Aten.positive.Unary(this);
        public Tensor signbit() => Aten.signbit.Unary(this);
        public Tensor round(long decimals = 0L) => decimals == 0 ? Aten.round.Unary(this) : Aten.round_decimals.Call(this, decimals);
        public Tensor round_(long decimals = 0L) => decimals == 0 ? Aten.round_.CallInPlace(this) : Aten.round__decimals.CallInPlace(this, decimals);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.clamp.Call(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.clamp_Tensor.Call((Argument)this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.clamp_.CallInPlace(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.clamp__Tensor.CallInPlace(this, min, max);
        public Tensor clamp_max(Scalar max) => Aten.clamp_max.Call(this, max);
        public Tensor clamp_max_(Scalar max) => Aten.clamp_max_.CallInPlace(this, max);
        public Tensor clamp_min(Scalar min) => Aten.clamp_min.Call(this, min);
        public Tensor clamp_min_(Scalar min) => Aten.clamp_min_.CallInPlace(this, min);
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) => Aten.nan_to_num.Call(this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0d, double? posinf = null, double? neginf = null) => Aten.nan_to_num_.CallInPlace(this, nan, posinf, neginf);
    }
}
