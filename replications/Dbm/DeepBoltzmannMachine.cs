using Replications.Boltzmann;
using Replications.Metrics.Annealing;
using Replications.Metrics.Sampling;
using TorchSharp;

namespace Replications.Dbm;

/// <summary>
/// Pixels v = h0 and layers of binary units h1, ..., hL, each connected to the next and to none within itself (Salakhutdinov and Hinton 2009, equations 9
/// and 17): <c>E = -sum_l h_l'W_l h_{l-1} - sum_l b_l'h_l</c>. Given the even layers the odd ones are independent units, and the other way round: Gibbs
/// sampling, mean field and annealing all take the layers in these two halves.
/// </summary>
public sealed class DeepBoltzmannMachine : IDisposable, IPixelChains
{
    /// <summary>Makes a machine with weights of zero.</summary>
    /// <param name="sizes">Units of the layers, pixels first; at least two layers.</param>
    /// <param name="device">Where the weights live.</param>
    public DeepBoltzmannMachine(IReadOnlyList<long> sizes, torch.Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizes.Count, 2, nameof(sizes));
        int last = sizes.Count - 1;
        // The first machine sees its input twice from below, the last twice from above, those between from both sides (section 3.1).
        Stack = [.. Enumerable.Range(1, last).Select(l => new RestrictedBoltzmannMachine(sizes[l - 1], sizes[l], device)
        {
            VisibleCopies = l < last ? 2 : 1,
            HiddenCopies = l > 1 ? 2 : 1,
        })];
        Biases = [.. sizes.Select(size => torch.zeros(size, device: device).DetachFromDisposeScope())];
    }

    /// <summary>The RBMs of the pre-training, from the pixels up. Their weights are the machine's; their biases are not.</summary>
    public IReadOnlyList<RestrictedBoltzmannMachine> Stack { get; }

    /// <summary>b_0, ..., b_L, each <c>[units of the layer]</c>.</summary>
    public IReadOnlyList<torch.Tensor> Biases { get; }

    /// <summary>Hidden layers, L.</summary>
    public int Layers => Stack.Count;

    /// <summary>Weights and biases of the composed machine.</summary>
    public long Parameters => Stack.Sum(rbm => rbm.W.numel()) + Biases.Sum(b => b.numel());

    torch.Tensor IPixelChains.Filters => W(1);

    torch.Tensor IPixelChains.PixelBias => Biases[0];

    /// <summary>W_l, <c>[units of l, units of l - 1]</c>.</summary>
    /// <param name="layer">From 1.</param>
    public torch.Tensor W(int layer) => Stack[layer - 1].W;

    /// <summary>
    /// Takes the biases of the pre-trained RBMs. With doubled units those hold <c>2 (Wv + c)</c> and <c>2 (W'h + b)</c>: a layer between two of them gets half
    /// of what each says, <c>Wv + c</c> from below and <c>W'h + b</c> from above, so that its bias is the sum of both.
    /// </summary>
    public void Compose()
    {
        Biases[0].copy_(Stack[0].B);
        for (int l = 1; l <= Layers; l++)
        {
            Biases[l].copy_(Stack[l - 1].C);
            if (l < Layers)
                Biases[l].add_(Stack[l].B);
        }
    }

    /// <summary>Logits of a layer given its neighbours.</summary>
    /// <param name="layer">From 0, the pixels.</param>
    /// <param name="units">States or means of all layers; only the neighbours' are read, <c>[N, units]</c>.</param>
    public torch.Tensor Logits(int layer, IReadOnlyList<torch.Tensor> units) => Heard(
        layer, units, (l, below, bias) => Boltzmann.Logits.Of(below, W(l), bias), (l, above, bias) => Boltzmann.Logits.Of(above, W(l).t(), bias));

    /// <summary>Some full steps of Gibbs sampling: odd layers given even ones, even ones given odd ones.</summary>
    /// <param name="units">Where to begin, all layers; odd ones are not read, and nothing is changed.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>States of all layers, and the probabilities the pixels were drawn with.</returns>
    public (torch.Tensor[] Units, torch.Tensor Pixels) Gibbs(IReadOnlyList<torch.Tensor> units, int steps, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor[] current = [.. units];
        torch.Tensor pixels = torch.empty_like(units[0]);
        UnitWeights[] up = [.. Stack.Select(rbm => new UnitWeights(rbm.W.t()))], down = [.. Stack.Select(rbm => new UnitWeights(rbm.W))];
        torch.Tensor Input(int l) =>
            Heard(l, current, (w, below, bias) => up[w - 1].Linear(below, bias), (w, above, bias) => down[w - 1].Linear(above, bias));

        for (int i = 0; i < steps; i++)
        {
            for (int l = 1; l <= Layers; l += 2)
                current[l] = random.Draw(Input(l));
            for (int l = 0; l <= Layers; l += 2)
                current[l] = random.Draw(Input(l), probabilities: l == 0 && i == steps - 1 ? pixels : null);
        }

        return ([.. current.Select(unit => unit.MoveToOuterDisposeScope())], pixels.MoveToOuterDisposeScope());
    }

    /// <summary>The path of annealing: odd layers kept, even ones, pixels among them, summed out (section 3.2, with one layer kept).</summary>
    /// <param name="baseRates">Log-odds of the base-rate units of the odd layers one after another.</param>
    /// <param name="random">Random bits.</param>
    /// <returns>Lives in the caller's scope.</returns>
    public BipartiteMachine Annealed(torch.Tensor baseRates, BernoulliSource random)
    {
        torch.Tensor kept = torch.cat([.. Odd(Biases)]), summed = torch.cat([.. Even(Biases)]);
        torch.Tensor across = torch.zeros(summed.shape[0], kept.shape[0], device: kept.device);
        for (int l = 1; l <= Layers; l++)
        {
            (int odd, int even) = l % 2 == 1 ? (l, l - 1) : (l - 1, l);
            torch.Tensor block = across.narrow(0, Start(even), Biases[even].shape[0]).narrow(1, Start(odd), Biases[odd].shape[0]);
            block.copy_(odd == l ? W(l).t() : W(l));
        }

        return new BipartiteMachine(across, kept, summed, baseRates, random);
    }

    /// <summary>The odd layers of something kept for each layer.</summary>
    /// <param name="all">From the pixels up.</param>
    public static IReadOnlyList<torch.Tensor> Odd(IEnumerable<torch.Tensor> all) => [.. all.Where((_, l) => l % 2 == 1)];

    /// <summary>The even layers of something kept for each layer, the pixels first.</summary>
    /// <param name="all">From the pixels up.</param>
    public static IReadOnlyList<torch.Tensor> Even(IEnumerable<torch.Tensor> all) => [.. all.Where((_, l) => l % 2 == 0)];

    IReadOnlyList<torch.Tensor> IPixelChains.Begin(torch.Tensor v, BernoulliSource random)
    {
        // Up through the stack, whose doubled inputs stand in for the layers above.
        var units = new List<torch.Tensor> { v };
        foreach (RestrictedBoltzmannMachine rbm in Stack)
            units.Add(random.Draw(rbm.HiddenLogits(units[^1])));
        return units;
    }

    (IReadOnlyList<torch.Tensor> Units, torch.Tensor Pixels) IPixelChains.Next(IReadOnlyList<torch.Tensor> units, BernoulliSource random) => Gibbs(units, 1, random);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RestrictedBoltzmannMachine rbm in Stack)
            rbm.Dispose();
        foreach (torch.Tensor bias in Biases)
            bias.Dispose();
    }

    /// <summary>What a layer hears from the one below and the one above, its bias added.</summary>
    /// <param name="layer">From 0, the pixels.</param>
    /// <param name="units">All layers; only the neighbours' are read.</param>
    /// <param name="up">From below, through the weights of this layer.</param>
    /// <param name="down">From above, through the weights of the layer above.</param>
    private torch.Tensor Heard(int layer, IReadOnlyList<torch.Tensor> units, Product up, Product down)
    {
        if (layer == 0)
            return down(1, units[1], Biases[0]);
        torch.Tensor below = up(layer, units[layer - 1], Biases[layer]);
        return layer == Layers ? below : below.add_(down(layer + 1, units[layer + 1], null));
    }

    private delegate torch.Tensor Product(int weights, torch.Tensor units, torch.Tensor? bias);

    /// <summary>Where a layer begins among those of its half.</summary>
    private long Start(int layer) => Enumerable.Range(0, layer).Where(l => l % 2 == layer % 2).Sum(l => Biases[l].shape[0]);
}
