using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Random;

public class SameNumbersTests
{
    // The order is that of drawn() in Fixtures/generate.py: one stream for all.
    [Fact]
    public void EqualSeedsGivePyTorchsNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1234);
        Numbers.Equal("rand", rand(5));
        Numbers.Equal("randn", randn(20));
        Numbers.Equal("randint", randint(0, 100, [6]));
        Numbers.Equal("randperm", randperm(8));
        Numbers.Equal("bernoulli", bernoulli(full(10, 0.3)));
        Numbers.Equal("multinomial", multinomial(tensor(new[] { 0.1f, 0.2f, 0.7f }), 6, true));
        Numbers.Equal("normal_", empty(3).normal_(1, 2));
        Numbers.Equal("uniform_", empty(3, float64).uniform_(-1, 1));
        Numbers.Equal("exponential_", empty(3).exponential_(2));
        Numbers.Equal("randn_double", randn(3, float64));
        Numbers.Equal("poisson", poisson(full(5, 3.0)));
        Numbers.Equal("cauchy_", empty(3).cauchy_(1, 2));
        Numbers.Equal("geometric_", empty(3).geometric_(0.3));
        Numbers.Equal("log_normal_", empty(3).log_normal_(0.5, 0.2));
        Numbers.Equal("random_", empty(4, int64).random_(3, 50));
        Numbers.Equal("bernoulli_", empty(8).bernoulli_(0.6));
        Numbers.Equal("binomial", binomial(full(4, 9.0), full(4, 0.4)));
        Numbers.Equal("_standard_gamma", _standard_gamma(full(3, 1.7)));
        Numbers.Equal("normal", normal(zeros(3), full(3, 2.0)));
        Numbers.Equal("rand_like", rand_like(zeros(3)));
        Numbers.Equal("randn_like", randn_like(zeros(3)));
        using var own = new Generator();
        own.manual_seed(7);
        Numbers.Equal("own", rand(4, generator: own));
        Numbers.Equal("own_randn", randn(17, generator: own));
    }

    [Fact]
    public void ValuesWithoutShortClosedFormsArePyTorchs()
    {
        using DisposeScope scope = NewDisposeScope();
        const double Rounding = 1e-12;
        Tensor x = linspace(0.3, 2.7, 5, float64);
        Numbers.Equal("lgamma", x.lgamma(), Rounding);
        Numbers.Equal("digamma", x.digamma(), Rounding);
        Numbers.Equal("polygamma1", x.polygamma(1), Rounding);
        Numbers.Equal("erfinv", (x / 3).erfinv(), Rounding);
        Numbers.Equal("i0", x.i0(), Rounding);
        Numbers.Equal("ndtri", special.ndtri(x / 3), Rounding);
        Numbers.Equal("zeta", special.zeta(x + 1, x), Rounding);
        Tensor a = arange(9, dtype: float64).reshape(3, 3).cos() + (3 * eye(3, dtype: float64));
        Numbers.Equal("slogdet", linalg.slogdet(a).Item2, Rounding);
        Numbers.Equal("cholesky", linalg.cholesky(a.matmul(a.T)), Rounding);
        Numbers.Equal("qr_r", linalg.qr(a).R, Rounding);
        Numbers.Equal("solve_triangular", linalg.solve_triangular(a.tril(), a, upper: false), Rounding);
        Numbers.Equal("matrix_exp", matrix_exp(a), Rounding);
        Numbers.Equal("logcumsumexp", a.logcumsumexp(1), Rounding);
        Numbers.Equal("gelu", x.gelu(), Rounding);
        Numbers.Equal("quantile", quantile(x, tensor(0.4)), Rounding);
        Numbers.Equal("bfloat16", (x.bfloat16() * x.bfloat16()).@float());
    }
}
