using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Modules;

/// <summary>How components are found, named and listed.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void FieldsAreRegisteredUnderTheirNames()
    {
        using var net = new Block();
        Assert.Equal(["scale", "first.weight", "first.bias", "stack.0.weight", "stack.0.bias", "list.0.weight"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["count", "other"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["count"], net.named_buffers(include_nonpersistent: false).Select(b => b.name));
        Assert.Equal(["first", "stack", "list"], net.named_children().Select(c => c.name));
        Assert.Equal(["first", "stack", "list", "stack.0", "stack.1", "list.0"], net.named_modules().Select(m => m.name));
        Assert.Equal(["scale", "first.weight", "first.bias", "stack.0.weight", "stack.0.bias", "list.0.weight", "count"], net.state_dict().Keys);
        Assert.Same(net.get_parameter("first.weight"), net.parameters().ElementAt(1));
        Assert.True(net.has_buffer("count"));
        Assert.False(net.has_parameter("stack.9.weight"));
    }

    [Fact]
    public void NamesThatClashOrHoldDotsAreRefused()
    {
        using var net = new Block();
        Assert.Throws<InvalidOperationException>(() => net.register_module("first", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => net.register_buffer("", zeros(1)));
    }

    [Fact]
    public void ASharedParameterIsListedOnce()
    {
        using Linear shared = nn.Linear(2, 2);
        using Sequential net = nn.Sequential(("a", shared), ("b", shared));
        Assert.Equal(["a.weight", "a.bias"], net.named_parameters().Select(p => p.name));
    }

    [Fact]
    public void TrainingModeReachesEveryModule()
    {
        using var net = new Block();
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules(), m => Assert.True(m.training));
        int visited = 0;
        net.apply(_ => visited++);
        Assert.Equal(7, visited);
    }

    [Fact]
    public void HooksSeeAndChangeCalls()
    {
        using var scope = NewDisposeScope();
        using ReLU relu = nn.ReLU();
        int calls = 0;
        nn.HookableModule<Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>.HookRemover before =
            relu.register_forward_pre_hook((_, x) => x - 1);
        relu.register_forward_hook((_, _, y) => y * 10);
        relu.register_forward_hook(_ => calls++);
        Assert.Equal([0f, 10f], relu.call(tensor(new[] { 1f, 2f })).data<float>().ToArray());
        before.remove();
        Assert.Equal([10f, 20f], relu.call(tensor(new[] { 1f, 2f })).data<float>().ToArray());
        Assert.Equal(2, calls);
    }

    [Fact]
    public void MovesKeepTheParametersObjects()
    {
        using var scope = NewDisposeScope();
        using var net = new Block();
        Parameter weight = net.get_parameter("first.weight")!;
        weight.grad = ones_like(weight);
        Block same = net.to(ScalarType.Float64);
        Assert.Same(net, same);
        Assert.Same(weight, net.get_parameter("first.weight"));
        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        Assert.Equal(ScalarType.Int64, net.get_buffer("count")!.dtype);
        Assert.Equal(ScalarType.Float64, net.call(ones(1, 2, dtype: ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int32));
    }

    [Fact]
    public void ParametersOutliveTheScopeTheyWereMadeIn()
    {
        Block net;
        using (NewDisposeScope())
            net = new Block();
        Assert.All(net.parameters(), p => Assert.False(p.IsInvalid));
        Parameter[] own = [.. net.parameters()];
        net.Dispose();
        Assert.All(own, p => Assert.True(p.IsInvalid));
    }

    [Fact]
    public void GradientsReachEveryParameterAndAreDropped()
    {
        using var scope = NewDisposeScope();
        using var net = new Block();
        net.call(ones(3, 2)).sum().backward();
        Assert.All(net.named_parameters(), p => Assert.True(p.parameter.grad is not null, p.name));
        net.zero_grad();
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
    }

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = nn.Parameter(ones(1));
        private readonly Linear first = nn.Linear(2, 3);
        private readonly Sequential stack = nn.Sequential(nn.Linear(3, 3), nn.ReLU());
        private readonly ModuleList<Linear> list = nn.ModuleList(nn.Linear(3, 1, hasBias: false));
        [ComponentName(Name = "count")]
        private readonly Tensor _count = zeros(1, dtype: ScalarType.Int64);

        public Block()
            : base(nameof(Block))
        {
            RegisterComponents();
            register_buffer("other", zeros(1), persistent: false);
        }

        public override Tensor forward(Tensor input) => list[0].call(stack.call(first.call(input))) * scale + _count;
    }
}
