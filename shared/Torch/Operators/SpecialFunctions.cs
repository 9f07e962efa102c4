namespace TorchSharp;

public static partial class torch
{
    public static Tensor digamma(Tensor input) => input.digamma();
    public static Tensor digamma_(Tensor input) => input.digamma_();
    public static Tensor lgamma(Tensor input) => input.lgamma();
    public static Tensor lgamma_(Tensor input) => input.lgamma_();
    public static Tensor erf(Tensor input) => input.erf();
    public static Tensor erf_(Tensor input) => input.erf_();
    public static Tensor erfc(Tensor input) => input.erfc();
    public static Tensor erfc_(Tensor input) => input.erfc_();
    public static Tensor erfinv(Tensor input) => input.erfinv();
    public static Tensor erfinv_(Tensor input) => input.erfinv_();
    public static Tensor i0(Tensor input) => input.i0();
    public static Tensor i0_(Tensor input) => input.i0_();
    public static Tensor sigmoid(Tensor input) => input.sigmoid();
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();
    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);
    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);
    public static Tensor igamma(Tensor input, Tensor other) => input.igamma(other);
    public static Tensor igammac(Tensor input, Tensor other) => input.igammac(other);
    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public partial class Tensor
    {
        public Tensor digamma() => Aten.digamma.Unary(this);
        public Tensor digamma_() => Aten.digamma_.UnaryInPlace(this);
        public Tensor lgamma() => Aten.lgamma.Unary(this);
        public Tensor lgamma_() => Aten.lgamma_.UnaryInPlace(this);
        public Tensor erf() => Aten.erf.Unary(this);
        public Tensor erf_() => Aten.erf_.UnaryInPlace(this);
        public Tensor erfc() => Aten.erfc.Unary(this);
        public Tensor erfc_() => Aten.erfc_.UnaryInPlace(this);
        public Tensor erfinv() => Aten.erfinv.Unary(this);
        public Tensor erfinv_() => Aten.erfinv_.UnaryInPlace(this);
        public Tensor i0() => Aten.i0.Unary(this);
        public Tensor i0_() => Aten.i0_.UnaryInPlace(this);
        public Tensor sigmoid() => Aten.sigmoid.Unary(this);
        public Tensor sigmoid_() => Aten.sigmoid_.UnaryInPlace(this);
        public Tensor polygamma(long p) => Aten.polygamma.Call(p, this);
        public Tensor mvlgamma(long p) => Aten.mvlgamma.Call(this, p);
        public Tensor igamma(Tensor other) => Aten.igamma.Binary(this, other);
        public Tensor igammac(Tensor other) => Aten.igammac.Binary(this, other);
        public Tensor logit(double? eps = null) => Aten.logit.Call(this, eps);
        public Tensor logit_(double? eps = null) => Aten.logit_.CallInPlace(this, eps);
        public Tensor lerp(Tensor end, Tensor weight) => Aten.lerp_Tensor.Call(this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.lerp__Tensor.CallInPlace(this, end, weight);
    }
}
