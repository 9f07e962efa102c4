namespace Replications.Torch.Tests.Fused;

/// <summary>Chooses how bfloat16 is multiplied, until it is disposed of. A processor without products of pairs rounds float32 whatever is chosen.</summary>
internal sealed class PairProducts : IDisposable
{
    private readonly bool _before = TorchSharp.Engine.PairProducts;

    public PairProducts(bool pairs) => TorchSharp.Engine.PairProducts = pairs;

    public void Dispose() => TorchSharp.Engine.PairProducts = _before;
}
