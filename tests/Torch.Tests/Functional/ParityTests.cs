using System.Text.Json;
using Replications.Torch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Functional;

/// <summary>Layers without parameters, losses and initialisers beside PyTorch's.</summary>
public sealed class ParityTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement s_fixture = Fixture.Read("modules.json");

    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> s_layers = new()
    {
        ["relu"] = () => nn.ReLU(),
        ["leaky"] = () => nn.LeakyReLU(0.2),
        ["elu"] = () => nn.ELU(0.7),
        ["softplus"] = () => nn.Softplus(),
        ["sigmoid"] = () => nn.Sigmoid(),
        ["tanh"] = () => nn.Tanh(),
        ["silu"] = () => nn.SiLU(),
        ["gelu"] = () => nn.GELU(),
        ["gelu-tanh"] = () => nn.GELU(GELU.Approximate.tanh),
        ["selu"] = () => nn.SELU(),
        ["hardtanh"] = () => nn.Hardtanh(-0.5, 0.25),
        ["logsigmoid"] = () => nn.LogSigmoid(),
        ["softmax"] = () => nn.Softmax(1),
        ["logsoftmax"] = () => nn.LogSoftmax(1),
        ["maxpool"] = () => nn.MaxPool2d(2),
        ["avgpool"] = () => nn.AvgPool2d(2),
        ["adaptive"] = () => nn.AdaptiveAvgPool2d((2, 2)),
        ["nearest"] = () => nn.Upsample(scale_factor: [2.0, 2.0]),
        ["bilinear"] = () => nn.Upsample([5, 7], mode: UpsampleMode.Bilinear, align_corners: true),
        ["flatten"] = () => nn.Flatten(),
        ["shuffle"] = () => nn.PixelShuffle(2),
        ["unshuffle"] = () => nn.PixelUnshuffle(2),
        ["reflectionpad"] = () => nn.ReflectionPad2d(1),
        ["zeropad"] = () => nn.ZeroPad2d((1, 0, 2, 1)),
        ["glu"] = () => nn.GLU(1),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_initialisers = new()
    {
        ["xavier_uniform"] = t => nn.init.xavier_uniform_(t, 1.3),
        ["xavier_normal"] = t => nn.init.xavier_normal_(t),
        ["kaiming_uniform"] = t => nn.init.kaiming_uniform_(t, nonlinearity: nn.init.NonlinearityType.ReLU),
        ["kaiming_normal"] = t => nn.init.kaiming_normal_(t, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU),
        ["uniform"] = t => nn.init.uniform_(t, -2, 3),
        ["normal"] = t => nn.init.normal_(t, 1, 0.5),
        ["orthogonal"] = t => nn.init.orthogonal_(t, 2.0),
        ["trunc_normal"] = t => nn.init.trunc_normal_(t, 0.5, 1.5, -1, 2),
        ["eye"] = t => nn.init.eye_(t),
    };

    public static TheoryData<string> Layers => [.. s_layers.Keys];

    public static TheoryData<string> Initialisers => [.. s_initialisers.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void LayersAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> layer = s_layers[name]();
        Fixture.Close(s_fixture.GetProperty("activations").GetProperty(name).Numbers(), layer.call(Fixture.Grid(1, 4, 2, 4)).Values(), Tolerance, name);
    }

    [Theory]
    [MemberData(nameof(Initialisers))]
    public void InitialisersAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        Tensor filled = s_initialisers[name](empty(4, 3, dtype: ScalarType.Float64));
        Fixture.Close(s_fixture.GetProperty("init").GetProperty(name).Numbers(), filled.Values(), Tolerance, name);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("l1")]
    [InlineData("smoothl1")]
    [InlineData("huber")]
    [InlineData("bce")]
    [InlineData("bcelogits")]
    [InlineData("kl")]
    public void LossesAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        Tensor x = Fixture.Grid(3, 4), target = (Fixture.Grid(3, 4) * 2).cos();
        Tensor loss = name switch
        {
            "mse" => nn.MSELoss().call(x, target),
            "l1" => nn.L1Loss(nn.Reduction.Sum).call(x, target),
            "smoothl1" => nn.SmoothL1Loss(beta: 0.3).call(x, target),
            "huber" => nn.HuberLoss(0.2).call(x, target),
            "bce" => nn.BCELoss().call(x.sigmoid(), target.sigmoid()),
            "bcelogits" => nn.BCEWithLogitsLoss(reduction: nn.Reduction.Sum).call(x, target),
            _ => nn.KLDivLoss(reduction: nn.Reduction.Sum).call(nn.functional.log_softmax(x, 1), nn.functional.log_softmax(target, 1)) / 3,
        };
        Fixture.Close([s_fixture.GetProperty("losses").GetProperty(name).GetDouble()], loss.Values(), Tolerance, name);
    }

    [Fact]
    public void CrossEntropyAndGaussianLikelihoodAreThoseOfPyTorch()
    {
        using var scope = NewDisposeScope();
        Tensor entropy = nn.functional.cross_entropy(Fixture.Grid(4, 5), tensor(new long[] { 0, 3, 4, 1 }), label_smoothing: 0.1);
        Fixture.Close([s_fixture.GetProperty("cross_entropy").GetDouble()], entropy.Values(), Tolerance, "cross entropy");
        Tensor x = Fixture.Grid(6);
        Tensor gaussian = nn.functional.gaussian_nll_loss(x, x.cos(), x.square() + 0.1, full: true);
        Fixture.Close([s_fixture.GetProperty("gaussian_nll").GetDouble()], gaussian.Values(), Tolerance, "gaussian");
    }

    [Fact]
    public void DropoutDropsWhatPyTorchDrops()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        Tensor dropped = nn.functional.dropout(ones(20, dtype: ScalarType.Float64), 0.3);
        Fixture.Close(s_fixture.GetProperty("dropout").Numbers(), dropped.Values(), Tolerance, "dropout");
    }

    [Fact]
    public void AttentionIsThePlainFormula()
    {
        using var scope = NewDisposeScope();
        Tensor q = Fixture.Grid(2, 3, 4), k = q.cos(), v = q * q;
        Tensor scores = q.matmul(k.transpose(-2, -1)) / 2;
        Tensor expected = scores.masked_fill(ones(3, 3, dtype: ScalarType.Bool).triu(1), double.NegativeInfinity).softmax(-1).matmul(v);
        Tensor actual = nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true);
        Fixture.Close(expected.Values(), actual.Values(), Tolerance, "attention");
    }
}
