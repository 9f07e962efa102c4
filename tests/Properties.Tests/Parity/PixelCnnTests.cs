using Replications.PixelCnn;
using TorchSharp;

namespace Replications.Properties.Tests.Parity;

/// <summary>Same parameters and images as in pixelcnn.py, which goes from pixel to pixel: same losses and gradients.</summary>
public class PixelCnnTests
{
    /// <summary>Networks for bits of one and of three colours, and for bytes of three.</summary>
    public static TheoryData<PixelNetworkKind, PixelOutput, int> All
    {
        get
        {
            var data = new TheoryData<PixelNetworkKind, PixelOutput, int>();
            foreach (PixelNetworkKind kind in Enum.GetValues<PixelNetworkKind>())
            {
                data.Add(kind, PixelOutput.Bernoulli, 1);
                data.Add(kind, PixelOutput.Bernoulli, 3);
                data.Add(kind, PixelOutput.Softmax256, 3);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_and_gradients_agree_with_PyTorch(PixelNetworkKind kind, PixelOutput output, int colours) =>
        Check(kind, output, colours, torch.ScalarType.Float64, 1e-9);

    /// <summary>Float32, in which the networks train, takes other kernels.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void They_agree_in_float32(PixelNetworkKind kind, PixelOutput output, int colours) => Check(kind, output, colours, torch.ScalarType.Float32, 1e-5);

    private static void Check(PixelNetworkKind kind, PixelOutput output, int colours, torch.ScalarType type, double tolerance)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var parity = ParityCase.Read("pixelcnn.json", FormattableString.Invariant($"{kind} {output} {colours}"));
        PixelRecipe recipe = new()
        {
            Network = kind,
            Output = output,
            Layers = 2,
            Hidden = 16,
            HeadWidth = 16,
            ClassConditional = kind == PixelNetworkKind.Gated,
            Classes = 2,
        };
        var shape = new ImageShape(colours, 4, 5);
        PixelNetwork network = PixelNetwork.Of(recipe, shape).to(type);
        parity.Fill(network);
        var likelihood = new PixelLikelihood(recipe.Output, shape);
        torch.Tensor values = torch.tensor(parity.Values).to(type).reshape(-1, shape.Dimensions);
        torch.Tensor? classes = recipe.ClassConditional ? torch.arange(values.shape[0], torch.ScalarType.Int64) : null;
        parity.Check(network, likelihood.Nll(network.call(likelihood.Scale(values), classes), values), tolerance);
    }
}
