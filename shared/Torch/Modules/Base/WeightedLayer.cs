using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A layer with a weight and perhaps a bias, both of which can be replaced.</summary>
public abstract class WeightedLayer : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;

    private protected WeightedLayer(string name)
        : base(name)
    {
    }

    public Parameter weight
    {
        get => _weight!;
        set => Replace(nameof(weight), ref _weight, value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => Replace(nameof(bias), ref _bias, value);
    }

    protected override void RegisterComponents()
    {
    }

    private void Replace(string name, ref Parameter? current, Parameter? value)
    {
        if (ReferenceEquals(current, value))
            return;
        current?.Dispose();
        current = value;
        ConditionallyRegisterParameter(name, value);
    }
}
