using System.Text.Json;
using TorchSharp;

namespace Replications.Torch.Tests.Fixtures;

/// <summary>PyTorch's numbers, written by generate.py.</summary>
internal static class Numbers
{
    private static readonly JsonDocument s_document = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "numbers.json")));

    /// <summary>Compares a tensor with what PyTorch gave, shape included.</summary>
    internal static void Equal(string name, torch.Tensor found, double tolerance = 0)
    {
        JsonElement entry = s_document.RootElement.GetProperty(name);
        Assert.Equal(entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), found.shape);
        double[] expected = [.. entry.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        double[] values = found.to(torch.float64).contiguous().data<double>().ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                FormattableString.Invariant($"{name}[{i}]: PyTorch {expected[i]:R}, here {values[i]:R}"));
        }
    }
}
