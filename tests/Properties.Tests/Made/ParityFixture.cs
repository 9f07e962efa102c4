using System.Text.Json;
using TorchSharp;

namespace Replications.Properties.Tests.Made;

/// <summary>What parity.py wrote: one small MADE as PyTorch computes it, in float64.</summary>
internal sealed record ParityFixture(
    int[][] Degrees,
    float[][] X,
    Dictionary<string, double[]> Weights,
    double Loss,
    Dictionary<string, double[]> Gradients,
    Dictionary<string, double[]> Trajectories)
{
    public static ParityFixture Read()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Made", "parity.json"));
        return JsonSerializer.Deserialize<ParityFixture>(file, JsonSerializerOptions.Web)!;
    }

    public torch.Tensor Examples() => torch.tensor([.. X.SelectMany(row => row)]).reshape(X.Length, X[0].Length);
}
