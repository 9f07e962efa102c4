using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>What units hear from another layer.</summary>
public static class Logits
{
    /// <summary>
    /// <c>weights · states + bias</c>, float32 whatever the product was computed in: with the eight bits of bfloat16 a probability would be off by as much as
    /// data and model differ.
    /// </summary>
    /// <param name="states">States or means of the other layer, <c>[N, units of the other layer]</c>.</param>
    /// <param name="weights"><c>[units, units of the other layer]</c>, float32.</param>
    /// <param name="bias"><c>[units]</c>; null for none.</param>
    /// <returns><c>[N, units]</c>.</returns>
    public static torch.Tensor Of(torch.Tensor states, torch.Tensor weights, torch.Tensor? bias = null) =>
        torch.nn.functional.linear(states, weights, bias).to(torch.ScalarType.Float32);
}
