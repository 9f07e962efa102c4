using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Metrics.Tests.Sampling;

/// <summary>Random bits with a state that can be kept.</summary>
public class BernoulliSourceTests
{
    [Fact]
    public void A_stream_taken_up_at_its_state_goes_on_as_if_never_left()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var whole = new BernoulliSource(42);
        float[] Next(BernoulliSource stream) => stream.Draw(torch.zeros(3, 7)).data<float>().ToArray();
        Next(whole);
        long[] state = whole.State.data<long>().ToArray();
        using var resumed = new BernoulliSource(state[0], state[1]);
        Assert.Equal(Next(whole), Next(resumed));
        Assert.NotEqual(Next(whole), Next(new BernoulliSource(43)));
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float64)]
    public void Frequencies_are_the_probabilities_and_units_are_independent(torch.ScalarType type)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var random = new BernoulliSource(9);
        const int Rows = 40_000;
        torch.Tensor logits = torch.tensor([-3.0, -1, 0, 0.5, 2, 40, -40]).to(type), bias = torch.tensor([0.0, 1, 0, 0, -1, 0, 0]).to(type);
        torch.Tensor probabilities = torch.empty(Rows, 7, dtype: type);
        torch.Tensor drawn = random.Draw(logits.repeat(Rows, 1), 0.5, bias, probabilities);
        torch.Tensor p = ((logits * 0.5) + bias).sigmoid();
        Assert.True((probabilities - p).abs().max().ToDouble() < 1e-6);
        Assert.True(((drawn == 0) | (drawn == 1)).all().ToBoolean());
        // Four standard errors of a frequency are at most 0.01.
        Assert.True((drawn.mean([0]) - p).abs().max().ToDouble() < 0.011);
        torch.Tensor centred = drawn.narrow(1, 0, 5) - drawn.narrow(1, 0, 5).mean([0]);
        torch.Tensor covariance = centred.t().matmul(centred) / Rows;
        torch.Tensor apart = covariance - torch.diag(covariance.diagonal());
        Assert.True(apart.abs().max().ToDouble() < 0.006, $"units are not independent: {apart.abs().max().ToDouble()}");
        // Nor are rows: a row and the next.
        torch.Tensor follow = (centred.narrow(0, 0, Rows - 1) * centred.narrow(0, 1, Rows - 1)).mean([0]);
        Assert.True(follow.abs().max().ToDouble() < 0.006);
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var random = new BernoulliSource(9);
        float[] drawn = random.Draw(torch.tensor([float.NaN, 50f, -50f])).data<float>().ToArray();
        Assert.True(float.IsNaN(drawn[0]));
        Assert.Equal([1f, 0f], drawn[1..]);
    }
}
