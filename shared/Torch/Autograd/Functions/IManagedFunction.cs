namespace TorchSharp;

/// <summary>What <see cref="FunctionCall"/> runs.</summary>
internal interface IManagedFunction
{
    string Name { get; }

    List<torch.Tensor> Forward(torch.autograd.AutogradContext context, object[] arguments);

    List<torch.Tensor> Backward(torch.autograd.AutogradContext context, List<torch.Tensor> gradients);
}
