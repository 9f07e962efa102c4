using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A tensor to be learned. It takes over the data's place: the tensor it is made from is empty afterwards.</summary>
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : this(data, data.OwningDisposeScope, requires_grad)
        {
        }

        private Parameter(torch.Tensor data, DisposeScope? scope, bool requires_grad)
            : base(data.with_requires_grad(requires_grad).MoveHandle(), false) => scope?.Attach(this);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
