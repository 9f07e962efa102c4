using System.Text.Json;
using Replications.Torch.Tests.Fixtures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Modules;

/// <summary>Initialisation, outputs and gradients beside PyTorch's, from equal seeds, in float64.</summary>
public sealed class ParityTests
{
    private const double Tolerance = 1e-12;
    private const ScalarType F64 = ScalarType.Float64;

    private static readonly JsonElement s_fixture = Fixture.Read("modules.json");

    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Make, long[] Shape)> s_modules = new()
    {
        ["linear"] = (() => nn.Linear(4, 3, dtype: F64), [2, 4]),
        ["conv1d"] = (() => nn.Conv1d(2, 3, 3, stride: 2, padding: 1, dtype: F64), [2, 2, 7]),
        ["conv2d"] = (() => nn.Conv2d(2, 4, 3, padding: 1, groups: 2, dtype: F64), [2, 2, 4, 5]),
        ["conv2d-same"] = (() => nn.Conv2d(1, 2, 4, Padding.Same, dtype: F64), [1, 1, 5, 5]),
        ["conv2d-reflect"] = (() => nn.Conv2d(1, 2, (3, 5), padding: (1, 2), padding_mode: PaddingModes.Reflect, dtype: F64), [1, 1, 5, 6]),
        ["convtranspose1d"] = (() => nn.ConvTranspose1d(2, 3, 4, stride: 2, padding: 1, dtype: F64), [1, 2, 5]),
        ["convtranspose2d"] = (() => nn.ConvTranspose2d(2, 3, 3, stride: 2, padding: 1, output_padding: 1, dtype: F64), [1, 2, 4, 4]),
        ["batchnorm1d"] = (() => nn.BatchNorm1d(3, dtype: F64), [5, 3]),
        ["batchnorm2d"] = (() => nn.BatchNorm2d(2, momentum: 0.3, dtype: F64), [3, 2, 4, 4]),
        ["layernorm"] = (() => nn.LayerNorm(6, dtype: F64), [3, 6]),
        ["groupnorm"] = (() => nn.GroupNorm(2, 4, dtype: F64), [2, 4, 3, 3]),
        ["mlp"] = (() => nn.Sequential(nn.Linear(5, 7, dtype: F64), nn.ReLU(), nn.Linear(7, 2, dtype: F64)), [4, 5]),
    };

    public static TheoryData<string> Names => [.. s_modules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ModulesAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        JsonElement expected = s_fixture.GetProperty("modules").GetProperty(name);
        (Func<nn.Module<Tensor, Tensor>> make, long[] shape) = s_modules[name];
        manual_seed(7);
        using nn.Module<Tensor, Tensor> module = make();
        Tensor x = Fixture.Grid(shape).requires_grad_();
        Tensor y = module.call(x);
        (y * Fixture.Grid(y.shape).cos()).sum().backward();
        Fixture.Close(expected.GetProperty("output").Numbers(), y.Values(), Tolerance, name);
        Fixture.Close(expected.GetProperty("input_grad").Numbers(), x.grad!.Values(), Tolerance, "input's gradient");
        SameState(expected.GetProperty("state"), module);
        SameGradients(expected.GetProperty("grads"), module);
        module.eval();
        Fixture.Close(expected.GetProperty("eval").Numbers(), module.call(Fixture.Grid(shape)).Values(), Tolerance, name + " in evaluation");
    }

    [Fact]
    public void LstmIsThatOfPyTorch()
    {
        using var scope = NewDisposeScope();
        JsonElement expected = s_fixture.GetProperty("lstm");
        manual_seed(7);
        using LSTM module = nn.LSTM(3, 4, numLayers: 2, bidirectional: true, dtype: F64);
        (Tensor y, Tensor h, Tensor c) = module.call(Fixture.Grid(5, 2, 3));
        y.sum().backward();
        Fixture.Close(expected.GetProperty("output").Numbers(), y.Values(), Tolerance, "output");
        Fixture.Close(expected.GetProperty("h").Numbers(), h.Values(), Tolerance, "h");
        Fixture.Close(expected.GetProperty("c").Numbers(), c.Values(), Tolerance, "c");
        SameState(expected.GetProperty("state"), module);
        SameGradients(expected.GetProperty("grads"), module);
    }

    [Fact]
    public void EmbeddingIsThatOfPyTorch()
    {
        using var scope = NewDisposeScope();
        JsonElement expected = s_fixture.GetProperty("embedding");
        manual_seed(7);
        using Embedding module = nn.Embedding(5, 3, padding_idx: 1, dtype: F64);
        Tensor y = module.call(tensor(new long[] { 0, 1, 4, 0 }).reshape(2, 2));
        y.sum().backward();
        Fixture.Close(expected.GetProperty("output").Numbers(), y.Values(), Tolerance, "output");
        SameState(expected.GetProperty("state"), module);
        SameGradients(expected.GetProperty("grads"), module);
    }

    private static void SameState(JsonElement expected, nn.Module module)
    {
        Dictionary<string, Tensor> state = module.state_dict();
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach (JsonProperty entry in expected.EnumerateObject())
            Fixture.Close(entry.Value.Numbers(), state[entry.Name].Values(), Tolerance, entry.Name);
    }

    private static void SameGradients(JsonElement expected, nn.Module module)
    {
        foreach ((string name, Parameter parameter) in module.named_parameters())
            Fixture.Close(expected.GetProperty(name).Numbers(), parameter.grad!.Values(), Tolerance, "gradient of " + name);
    }
}
