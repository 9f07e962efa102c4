using Replications.Dbn;
using Replications.Metrics.Averages;
using Replications.Metrics.Sampling;
using Replications.Properties.Tests.Registered;
using Replications.Rbm;
using TorchSharp;

namespace Replications.Properties.Tests.Dbn;

/// <summary>The bound of a deep belief network beside its likelihood, every hidden state written down.</summary>
public class DbnTests
{
    [Fact]
    public void The_bound_lies_below_the_exact_likelihood_and_reaches_it_with_the_true_posterior()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using DeepBeliefNetwork network = Made(weights: 0.6);
        torch.Tensor v = BoltzmannMachine.States(8).to(torch.ScalarType.Float32);
        double[] exact = Exact(network, v);
        Assert.Equal(1, exact.Sum(Math.Exp), 1e-4);
        double[] bound = Bound(network, v, draws: 400);
        // Draws leave an error of a few hundredths of a nat at each state.
        Assert.All(exact.Zip(bound), pair => Assert.True(pair.Second < pair.First + 0.1, $"{pair}"));
        Assert.InRange(exact.Average() - bound.Average(), 0.05, 10);

        // With directed weights of zero the posterior is the top's marginal over h; with a top of biases alone that is a product, and q can be it.
        using DeepBeliefNetwork plain = Made(weights: 0);
        plain.Top.B.copy_(torch.randn(6));
        plain.Bottom.C.copy_(plain.Top.B);
        double[] same = Exact(plain, v), reached = Bound(plain, v, draws: 1);
        Assert.All(same.Zip(reached), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Learning_raises_the_bound_and_so_does_fine_tuning()
    {
        static double Trained(int epochs, int upDown) => TinySubject.Trained(
            "dbn/mnist",
            new DbnRecipe
            {
                FirstUnits = 6,
                SecondUnits = 5,
                FirstEpochs = epochs,
                SecondEpochs = epochs,
                UpDownEpochs = upDown,
                GibbsSteps = 3,
                BatchSize = 16,
                UpDownRate = 0.05,
                BoundDraws = 20,
            },
            "nll_bound");

        double fresh = Trained(1, 0), greedy = Trained(60, 0), tuned = Trained(60, 200);
        Assert.True(greedy < fresh - 0.1, $"from {fresh} to {greedy}");
        Assert.True(tuned < greedy, $"from {greedy} to {tuned}");
    }

    private static DeepBeliefNetwork Made(double weights)
    {
        torch.manual_seed(5);
        var network = new DeepBeliefNetwork(8, new DbnRecipe { FirstUnits = 6, SecondUnits = 5 }, torch.CPU);
        foreach (torch.Tensor w in new[] { network.Bottom.W, network.Bottom.B, network.Bottom.C, network.Top.W, network.Top.B, network.Top.C })
            w.copy_(torch.randn_like(w) * weights);
        network.R.copy_(network.Bottom.W);
        return network;
    }

    /// <summary><c>ln sum_h p(v | h) p(h)</c>.</summary>
    private static double[] Exact(DeepBeliefNetwork network, torch.Tensor v)
    {
        using var random = new BernoulliSource(0);
        torch.Tensor h = BoltzmannMachine.States(6).to(torch.ScalarType.Float32);
        var top = network.Top.Annealed(network.Top.B, random);
        double logZ = top.ExactLogZ();
        double[] prior = [.. top.LogUnnormalised(h).Select(f => f - logZ)];
        var mean = new LogMeanExp((int)v.shape[0]);
        for (int i = 0; i < prior.Length; i++)
        {
            torch.Tensor logits = network.Bottom.VisibleLogits(h.narrow(0, i, 1));
            torch.Tensor terms = ((v * logits) - torch.nn.functional.softplus(logits)).sum(dim: 1).to(torch.ScalarType.Float64);
            mean.Add([.. terms.data<double>().ToArray().Select(t => t + prior[i])]);
        }

        return [.. mean.Result().Select(value => value + Math.Log(prior.Length))];
    }

    private static double[] Bound(DeepBeliefNetwork network, torch.Tensor v, int draws)
    {
        using var random = new BernoulliSource(8);
        var top = network.Top.Annealed(network.Top.B, random);
        double logZ = top.ExactLogZ();
        double[] sums = new double[v.shape[0]];
        for (int draw = 0; draw < draws; draw++)
        {
            (torch.Tensor terms, torch.Tensor h) = network.DrawBound(v, random);
            double[] own = terms.to(torch.ScalarType.Float64).data<double>().ToArray(), f = top.LogUnnormalised(h);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += (own[i] + f[i] - logZ) / draws;
        }

        return sums;
    }
}
