using Replications.Boltzmann;
using Replications.Metrics.Sampling;
using Replications.Training.Fused;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Dbn;

/// <summary>
/// Two layers of hidden units, <c>p(v, h) = p(v | h) p(h)</c>: an RBM over the first hidden layer gives p(h), and directed weights give the pixels. What is not
/// tractable, <c>p(h | v)</c>, has an approximation with weights of its own, which begin as those of the directed layer turned round.
/// </summary>
public sealed class DeepBeliefNetwork : IDisposable
{
    /// <summary>Makes a network with weights of zero.</summary>
    /// <param name="visible">Visible units.</param>
    /// <param name="recipe">Layers.</param>
    /// <param name="device">Where the weights live.</param>
    public DeepBeliefNetwork(long visible, DbnRecipe recipe, torch.Device device)
    {
        Bottom = new RestrictedBoltzmannMachine(visible, recipe.FirstUnits, device);
        Top = new RestrictedBoltzmannMachine(recipe.FirstUnits, recipe.SecondUnits, device);
        R = torch.zeros_like(Bottom.W).DetachFromDisposeScope();
    }

    /// <summary>The directed layer: W and B make pixels of h; C is the bias of the approximate posterior.</summary>
    public RestrictedBoltzmannMachine Bottom { get; }

    /// <summary>The RBM over h.</summary>
    public RestrictedBoltzmannMachine Top { get; }

    /// <summary>Weights of the approximate posterior, <c>[first, visible]</c>.</summary>
    public torch.Tensor R { get; }

    /// <summary>Weights and biases, those of the approximate posterior too.</summary>
    public long Parameters => Bottom.Parameters + Top.Parameters + R.numel();

    /// <summary>Logits of <c>q(h | v)</c>.</summary>
    /// <param name="v"><c>[N, visible]</c>.</param>
    /// <returns><c>[N, first]</c>.</returns>
    public torch.Tensor PosteriorLogits(torch.Tensor v) => Logits.Of(v, R, Bottom.C);

    /// <summary>
    /// One draw of the bound of <c>ln p(v)</c>, of which the terms of the top are left to the caller: <c>ln f(h)</c> is to be added and <c>ln Z</c> taken
    /// off (Salakhutdinov and Murray 2008, equation 18). Its expectation is the bound.
    /// </summary>
    /// <param name="v">Bits, <c>[N, visible]</c>.</param>
    /// <param name="random">Random bits.</param>
    /// <returns><c>ln p(v | h) - ln q(h | v)</c> of each example, <c>[N]</c>, in nats; the h drawn from q, zeros and ones, <c>[N, first]</c>.</returns>
    public (torch.Tensor Terms, torch.Tensor H) DrawBound(torch.Tensor v, BernoulliSource random)
    {
        torch.Tensor logits = PosteriorLogits(v), h = random.Draw(logits.clone());
        return (FusedLayers.BernoulliNll(logits, h) - FusedLayers.BernoulliNll(Bottom.VisibleLogits(h), v), h);
    }

    /// <summary>
    /// One pass up and one down (Hinton, Osindero and Teh 2006, appendix B). Up: h drawn given the data teaches the directed weights and starts the Gibbs
    /// chain of the top. Down: h where that chain ends gives the pixels' probabilities, from which the posterior's weights learn to find it again.
    /// </summary>
    /// <param name="context">Refuses what is not finite.</param>
    /// <param name="v">Minibatch, <c>[N, visible]</c>.</param>
    /// <param name="gibbsSteps">Steps of the top's chain.</param>
    /// <param name="rate">Rate.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Sums over units, means over examples, of how far the pixels' and the posterior's means are off.</returns>
    public Scalars UpDown(StepContext context, torch.Tensor v, int gibbsSteps, double rate, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        double step = rate / v.shape[0];
        torch.Tensor h = random.Draw(PosteriorLogits(v));
        torch.Tensor missing = v - Bottom.VisibleLogits(h).sigmoid_();

        torch.Tensor up = Top.HiddenLogits(h), held = torch.empty_like(up);
        torch.Tensor dream = Top.GibbsFromHidden(random.Draw(up, probabilities: held), gibbsSteps, random);
        torch.Tensor free = Top.HiddenLogits(dream).sigmoid_();

        // Probabilities, not states: sleepvisprobs of appendix B.
        torch.Tensor pixels = Bottom.VisibleLogits(dream).sigmoid_();
        torch.Tensor forgotten = dream - PosteriorLogits(pixels).sigmoid_();

        double error = context.RequireFinite("error", missing.abs().sum().ToDouble() / v.shape[0]);
        double recognition = context.RequireFinite("recognition", forgotten.abs().sum().ToDouble() / v.shape[0]);

        Bottom.W.add_(Product(h, missing), alpha: step);
        Bottom.B.add_(missing.sum(dim: 0), alpha: step);
        Top.W.add_(Product(held, h) - Product(free, dream), alpha: step);
        Top.B.add_((h - dream).sum(dim: 0), alpha: step);
        Top.C.add_((held - free).sum(dim: 0), alpha: step);
        R.add_(Product(forgotten, pixels), alpha: step);
        Bottom.C.add_(forgotten.sum(dim: 0), alpha: step);
        return new() { ["error"] = error, ["recognition"] = recognition };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Bottom.Dispose();
        Top.Dispose();
        R.Dispose();
    }

    private static torch.Tensor Product(torch.Tensor above, torch.Tensor below) => torch.nn.functional.linear(above.t(), below.t());
}
