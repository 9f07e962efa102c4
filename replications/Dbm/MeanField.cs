using Replications.Boltzmann;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>
/// The approximate posterior of Salakhutdinov and Hinton 2009, section 2.2: <c>q(h | v)</c> is a product of independent units with means mu, and each mean
/// is what its neighbours' means make of it. Odd layers and even layers are taken in turn, so that no update lowers the bound.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="updates">Updates at most.</param>
/// <param name="tolerance">Converged when the absolute change of the means in an update, averaged over all hidden units and examples, is less.</param>
public sealed class MeanField(DeepBoltzmannMachine machine, int updates, double tolerance)
{
    /// <summary>The means of q, updated for all examples together until they have converged on average or the updates are used up.</summary>
    /// <param name="v">Bits, <c>[N, pixels]</c>.</param>
    /// <returns>Logits of the means, one <c>[N, units]</c> for each hidden layer, that of h1 first; how many updates were made, each of all layers.</returns>
    public (torch.Tensor[] Logits, int Updates) Solve(torch.Tensor v)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var logits = new torch.Tensor[machine.Layers + 1];
        var mu = new torch.Tensor[machine.Layers + 1];
        mu[0] = v;
        // Does not change: the pixels are known.
        torch.Tensor pixels = Logits.Of(v, machine.W(1), machine.Biases[1]);
        torch.Tensor Input(int l)
        {
            if (l > 1)
                return machine.Logits(l, mu);
            return machine.Layers == 1 ? pixels.clone() : Logits.Of(mu[2], machine.W(2).t()).add_(pixels);
        }

        // From below with doubled weights, for the layers above that have said nothing yet (mf.m of the authors).
        for (int l = 1; l <= machine.Layers; l++)
        {
            torch.Tensor below = Logits.Of(mu[l - 1], machine.W(l));
            logits[l] = (l < machine.Layers ? below.mul_(2) : below).add_(machine.Biases[l]);
            mu[l] = logits[l].sigmoid();
        }

        int done = 0;
        for (double change = double.PositiveInfinity; done < updates && !(change < tolerance); done++)
        {
            using IDisposable update = torch.NewDisposeScope();
            List<torch.Tensor> moved = [];
            for (int l = 1; l <= machine.Layers; l += 2)
                moved.Add(Renew(l));
            for (int l = 2; l <= machine.Layers; l += 2)
                moved.Add(Renew(l));
            // Read once: a GPU is waited for at each reading.
            change = torch.stack(moved).to(torch.ScalarType.Float64).sum().ToDouble() / machine.Biases.Skip(1).Sum(b => b.shape[0]) / v.shape[0];
        }

        return ([.. logits.Skip(1).Select(l => l.MoveToOuterDisposeScope())], done);

        torch.Tensor Renew(int l)
        {
            torch.Tensor next = Input(l), means = next.sigmoid();
            torch.Tensor moved = (means - mu[l]).abs_().sum();
            mu[l].Dispose();
            logits[l].Dispose();
            (logits[l], mu[l]) = (next.MoveToOuterDisposeScope(), means.MoveToOuterDisposeScope());
            return moved;
        }
    }

    /// <summary>
    /// The bound of <c>ln p(v)</c> without <c>ln Z</c> (equation 5): the negative energy in the mean and the entropy of q, in float64. It holds for any
    /// means, converged or not.
    /// </summary>
    /// <param name="v"><c>[N, pixels]</c>.</param>
    /// <param name="logits">Logits of the means, from <see cref="Solve"/>.</param>
    /// <returns><c>[N]</c>, nats.</returns>
    public double[] Bound(torch.Tensor v, IReadOnlyList<torch.Tensor> logits)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor below = v.to(torch.ScalarType.Float64);
        torch.Tensor total = below.matmul(machine.Biases[0].to(torch.ScalarType.Float64));
        for (int l = 1; l <= machine.Layers; l++)
        {
            torch.Tensor a = logits[l - 1].to(torch.ScalarType.Float64), mu = a.sigmoid();
            torch.Tensor input = below.matmul(machine.W(l).to(torch.ScalarType.Float64).t()) + machine.Biases[l].to(torch.ScalarType.Float64);
            // Entropy of a unit with logit a: softplus(a) - a mu.
            total = total + ((input - a) * mu).sum(dim: 1) + torch.logaddexp(a, torch.zeros_like(a)).sum(dim: 1);
            below = mu;
        }

        return total.cpu().data<double>().ToArray();
    }
}
