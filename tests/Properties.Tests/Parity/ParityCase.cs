using System.Text.Json;
using TorchSharp;

namespace Replications.Properties.Tests.Parity;

/// <summary>One parameter of a case: how it is made, and of its gradient the norm and the product with noise of its own.</summary>
internal sealed record ParityParameter(long[] Shape, int Stream, double Centre, double Spread, double Norm, double Projection);

/// <summary>One network as a generator of this folder computes it in PyTorch, in float64. A loss is that of an image, gradients are those of their sum.</summary>
internal sealed record ParityCase(
    double[] Values,
    double[] Nll,
    Dictionary<string, ParityParameter> Parameters,
    Dictionary<string, double[]> Gradients,
    Dictionary<string, double>? Chosen,
    double[]? Outputs)
{
    public static ParityCase Read(string file, string title)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Parity", file));
        return JsonSerializer.Deserialize<Dictionary<string, ParityCase>>(stream, JsonSerializerOptions.Web)![title];
    }

    /// <summary>Gives the network the parameters of the case; both must have the same, of the same shapes.</summary>
    public void Fill(torch.nn.Module network)
    {
        using IDisposable grad = torch.no_grad();
        Assert.Equal(Parameters.Keys.Order(), network.named_parameters().Select(p => p.name).Order());
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            ParityParameter p = Parameters[name];
            Assert.Equal(p.Shape, parameter.shape);
            parameter.copy_(((Noise(p.Stream, parameter.numel()) * p.Spread) + p.Centre).reshape(parameter.shape));
        }
    }

    /// <summary>The losses and the gradients that they give must be those of the case.</summary>
    /// <param name="network">Filled.</param>
    /// <param name="nll">Its loss of each image.</param>
    /// <param name="tolerance">Difference to a loss, or to the norm of a gradient, that rounding explains.</param>
    public void Check(torch.nn.Module network, torch.Tensor nll, double tolerance)
    {
        Assert.Equal(Nll.Length, nll.numel());
        Assert.All(Nll.Zip(nll.to(torch.ScalarType.Float64).data<double>().ToArray()), pair =>
            Assert.Equal(pair.First, pair.Second, tolerance * pair.First));
        nll.sum().backward();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            ParityParameter p = Parameters[name];
            torch.Tensor gradient = parameter.grad!.to(torch.ScalarType.Float64).flatten();
            void Near(double expected, double actual) =>
                Assert.True(Math.Abs(expected - actual) <= tolerance * p.Norm, FormattableString.Invariant($"gradient of {name}: {actual}, expected {expected}"));
            Near(p.Norm, gradient.norm().ToDouble());
            Near(p.Projection, (gradient * Noise(p.Stream + 1, gradient.numel())).sum().ToDouble());
            if (!Gradients.TryGetValue(name, out double[]? whole))
                continue;
            double[] actual = gradient.data<double>().ToArray();
            Assert.Equal(whole.Length, actual.Length);
            for (int i = 0; i < whole.Length; i++)
                Near(whole[i], actual[i]);
        }
    }

    /// <summary>Numbers in [-1, 1) as fixture.py makes them: integers mixed in 32 bits.</summary>
    public static torch.Tensor Noise(int stream, long count)
    {
        double[] numbers = new double[count];
        for (uint i = 0; i < count; i++)
        {
            uint h = unchecked(((i + 1) * 2654435761u) + ((uint)stream * 2246822519u));
            h = unchecked((h ^ (h >> 15)) * 2246822519u);
            h = unchecked((h ^ (h >> 13)) * 3266489917u);
            numbers[i] = ((h ^ (h >> 16)) / 2147483648.0) - 1;
        }

        return torch.tensor(numbers);
    }
}
