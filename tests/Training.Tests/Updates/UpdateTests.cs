using Replications.Training.Subjects;
using Replications.Training.Updates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Training.Tests.Updates;

public class UpdateTests
{
    private static StepContext Context => new(1, 7, 10);

    [Fact]
    public void One_update_is_that_of_the_plain_sequence()
    {
        using IDisposable scope = NewDisposeScope();
        (Linear ours, Linear plain) = Twins();
        Tensor x = randn(16, 3);
        using optim.Optimizer a = optim.Adam(ours.parameters(), 0.1);
        using optim.Optimizer b = optim.Adam(plain.parameters(), 0.1);
        for (int i = 0; i < 5; i++)
        {
            double loss = Update.Apply(Context, a, ours.call(x).pow(2).sum(), clipNorm: 0.5);
            Tensor other = plain.call(x).pow(2).sum();
            b.zero_grad();
            other.backward();
            nn.utils.clip_grad_norm_(plain.parameters(), 0.5);
            b.step();
            Assert.Equal(other.ToDouble(), loss, 1e-5);
        }

        Assert.True(ours.weight!.allclose(plain.weight!, 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_changes_when_loss_or_gradient_is_not_finite(bool lossToo)
    {
        using IDisposable scope = NewDisposeScope();
        Linear net = nn.Linear(3, 2);
        using WeightAverage average = WeightAverage.Exponential(net, 0.5);
        using optim.Optimizer rule = optim.SGD(net.parameters(), 0.1, momentum: 0.9);
        Tensor before = net.weight!.detach().clone();
        // The square root of zero has an infinite derivative and a finite value.
        Tensor y = net.call(ones(1, 3)).sum();
        Tensor loss = lossToo ? y * double.NaN : (y - y.detach()).abs().sqrt();
        DivergedException e = Assert.Throws<DivergedException>(() => Update.Apply(Context, rule, loss, average: average));
        Assert.Equal(lossToo ? "loss" : "gradient norm", e.Quantity);
        Assert.Equal(7, e.Step);
        Assert.True(before.Equals(net.weight!));
        Assert.True(before.Equals(average.Averages[0]));
    }

    [Fact]
    public void Averages_follow_their_formula_and_can_stand_in()
    {
        using IDisposable scope = NewDisposeScope();
        Linear net = nn.Linear(3, 2);
        using WeightAverage exponential = WeightAverage.Exponential(net, 0.75);
        using WeightAverage polyak = WeightAverage.Polyak(net);
        using optim.Optimizer rule = optim.SGD(net.parameters(), 0.1);
        Tensor expected = net.weight!.detach().clone();
        Tensor sum = zeros_like(expected);
        for (int i = 0; i < 4; i++)
        {
            Update.Apply(Context, rule, net.call(randn(5, 3)).pow(2).sum(), average: exponential);
            polyak.Follow();
            expected = 0.75 * expected + 0.25 * net.weight!.detach();
            sum += net.weight!.detach();
        }

        Tensor last = net.weight!.detach().clone();
        Assert.True(expected.allclose(exponential.Averages[0], 1e-5, 1e-7));
        Assert.True((sum / 4).allclose(polyak.Averages[0], 1e-5, 1e-7));
        using (polyak.InPlace())
            Assert.True(net.weight!.detach().Equals(polyak.Averages[0]));
        Assert.True(net.weight!.detach().Equals(last));
        exponential.Restart();
        Assert.True(exponential.Averages[0].Equals(last));
    }

    private static (Linear First, Linear Second) Twins()
    {
        manual_seed(5);
        Linear first = nn.Linear(3, 2);
        manual_seed(5);
        return (first, nn.Linear(3, 2));
    }
}
