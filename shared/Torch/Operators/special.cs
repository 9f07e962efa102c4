namespace TorchSharp;

public static partial class torch
{
    public static class special
    {
        public static Tensor entr(Tensor input) => Aten.special_entr.Unary(input);
        public static Tensor erf(Tensor input) => Aten.special_erf.Unary(input);
        public static Tensor erfc(Tensor input) => Aten.special_erfc.Unary(input);
        public static Tensor erfinv(Tensor input) => Aten.special_erfinv.Unary(input);
        public static Tensor expit(Tensor input) => Aten.special_expit.Unary(input);
        public static Tensor expm1(Tensor input) => Aten.special_expm1.Unary(input);
        public static Tensor exp2(Tensor input) => Aten.special_exp2.Unary(input);
        public static Tensor gammaln(Tensor input) => Aten.special_gammaln.Unary(input);
        public static Tensor digamma(Tensor input) => Aten.special_digamma.Unary(input);
        public static Tensor psi(Tensor input) => Aten.special_psi.Unary(input);
        public static Tensor i0(Tensor input) => Aten.special_i0.Unary(input);
        public static Tensor i0e(Tensor input) => Aten.special_i0e.Unary(input);
        public static Tensor i1(Tensor input) => Aten.special_i1.Unary(input);
        public static Tensor i1e(Tensor input) => Aten.special_i1e.Unary(input);
        public static Tensor logit(Tensor input) => Aten.special_logit.Unary(input);
        public static Tensor ndtr(Tensor input) => Aten.special_ndtr.Unary(input);
        public static Tensor ndtri(Tensor input) => Aten.special_ndtri.Unary(input);
        public static Tensor sinc(Tensor input) => Aten.special_sinc.Unary(input);
        public static Tensor erfcx(Tensor input) => Aten.special_erfcx.Unary(input);
        public static Tensor sigmoid(Tensor input) => Aten.sigmoid.Unary(input);
        public static Tensor gammainc(Tensor input, Tensor other) => Aten.special_gammainc.Binary(input, other);
        public static Tensor gammaincc(Tensor input, Tensor other) => Aten.special_gammaincc.Binary(input, other);
        public static Tensor polygamma(long n, Tensor input) => Aten.special_polygamma.Call(n, input);
        public static Tensor multigammaln(Tensor input, long p) => Aten.special_multigammaln.Call(input, p);
        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
        public static Tensor xlog1py(Tensor input, Tensor other) => Aten.special_xlog1py.Binary(input, other);
        public static Tensor zeta(Tensor x, Tensor q) => Aten.special_zeta.Binary(x, q);
    }
}
