using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>
/// Binary visible units v and hidden units h with the energy <c>E(v, h) = -h'Wv - b'v - c'h</c> (Salakhutdinov and Murray 2008, equation 1). Within a layer
/// no unit is connected, so that a layer is drawn at once: <c>p(h = 1 | v) = sigm(Wv + c)</c>, <c>p(v = 1 | h) = sigm(W'h + b)</c>.
/// </summary>
/// <param name="visible">Visible units.</param>
/// <param name="hidden">Hidden units.</param>
/// <param name="device">Where the weights live.</param>
public sealed class RestrictedBoltzmannMachine(long visible, long hidden, torch.Device device) : IDisposable, IPixelChains
{
    /// <summary>
    /// How many copies of the visible units the hidden ones see. 2 in a machine whose hidden units will have another layer above them, the copy standing in
    /// for what that layer will say (Salakhutdinov and Hinton 2009, section 3.1); such a machine is a piece of a deep one, not a model of its own.
    /// </summary>
    public double VisibleCopies { get; init; } = 1;

    /// <summary>How many copies of the hidden units the visible ones see; 2 in a machine whose visible units have another layer below them.</summary>
    public double HiddenCopies { get; init; } = 1;

    /// <summary>W, <c>[hidden, visible]</c>.</summary>
    public torch.Tensor W { get; } = torch.zeros(hidden, visible, device: device).DetachFromDisposeScope();

    /// <summary>b, biases of the visible units, <c>[visible]</c>.</summary>
    public torch.Tensor B { get; } = torch.zeros(visible, device: device).DetachFromDisposeScope();

    /// <summary>c, biases of the hidden units, <c>[hidden]</c>.</summary>
    public torch.Tensor C { get; } = torch.zeros(hidden, device: device).DetachFromDisposeScope();

    /// <summary>Weights and biases.</summary>
    public long Parameters => W.numel() + B.numel() + C.numel();

    /// <summary>Logits of the hidden units, <c>Wv + c</c>, once for each copy.</summary>
    /// <param name="v"><c>[N, visible]</c>.</param>
    /// <returns><c>[N, hidden]</c>.</returns>
    public torch.Tensor HiddenLogits(torch.Tensor v) => Times(VisibleCopies, Logits.Of(v, W, C));

    /// <summary>Logits of the visible units, <c>W'h + b</c>, once for each copy.</summary>
    /// <param name="h"><c>[N, hidden]</c>.</param>
    /// <returns><c>[N, visible]</c>.</returns>
    public torch.Tensor VisibleLogits(torch.Tensor h) => Times(HiddenCopies, Logits.Of(h, W.t(), B));

    /// <summary>Draws hidden states.</summary>
    /// <param name="v"><c>[N, visible]</c>.</param>
    /// <param name="random">Random bits.</param>
    public torch.Tensor DrawHidden(torch.Tensor v, BernoulliSource random) => random.Draw(HiddenLogits(v));

    /// <summary>Some full steps of Gibbs sampling: hidden given visible, visible given hidden.</summary>
    /// <param name="v">Where to begin, <c>[N, visible]</c>; not changed.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Visible states.</returns>
    public torch.Tensor Gibbs(torch.Tensor v, int steps, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor h = DrawHidden(v, random);
        return GibbsFromHidden(h, steps, random).MoveToOuterDisposeScope();
    }

    /// <summary>Some full steps of Gibbs sampling, the first of which has its hidden states already.</summary>
    /// <param name="h">Hidden states, <c>[N, hidden]</c>; not changed.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Visible states.</returns>
    public torch.Tensor GibbsFromHidden(torch.Tensor h, int steps, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var down = new UnitWeights(W);
        torch.Tensor Visible(torch.Tensor states) => random.Draw(Times(HiddenCopies, down.Linear(states, B)));
        torch.Tensor v = Visible(h);
        if (steps > 1)
        {
            var up = new UnitWeights(W.t());
            for (int i = 1; i < steps; i++)
                v = Visible(random.Draw(Times(VisibleCopies, up.Linear(v, C))));
        }

        return v.MoveToOuterDisposeScope();
    }

    /// <summary>The path of annealing that ends at this machine: visible units kept, hidden units summed out.</summary>
    /// <param name="baseRates">Log-odds of the base-rate units, <c>[visible]</c>.</param>
    /// <param name="random">Random bits.</param>
    /// <exception cref="InvalidOperationException">Units are doubled: the conditionals are those of no RBM with these weights.</exception>
    public BipartiteMachine Annealed(torch.Tensor baseRates, BernoulliSource random) =>
        VisibleCopies == 1 && HiddenCopies == 1 ? new(W, B, C, baseRates, random) : throw new InvalidOperationException("a machine with doubled units has no partition function");

    torch.Tensor IPixelChains.Filters => W;

    torch.Tensor IPixelChains.PixelBias => B;

    IReadOnlyList<torch.Tensor> IPixelChains.Begin(torch.Tensor v, BernoulliSource random) => [v];

    (IReadOnlyList<torch.Tensor> Units, torch.Tensor Pixels) IPixelChains.Next(IReadOnlyList<torch.Tensor> units, BernoulliSource random)
    {
        torch.Tensor logits = VisibleLogits(DrawHidden(units[0], random)), pixels = torch.empty_like(logits);
        return ([random.Draw(logits, probabilities: pixels)], pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        W.Dispose();
        B.Dispose();
        C.Dispose();
    }

    private static torch.Tensor Times(double copies, torch.Tensor logits) => copies == 1 ? logits : logits.mul_(copies);
}
