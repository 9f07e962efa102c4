namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.rt_tensor_requires_grad(Handle, out int answer));
                GC.KeepAlive(this);
                return answer != 0;
            }

            set
            {
                NativeMethods.Check(NativeMethods.rt_tensor_requires_grad_set(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                NativeMethods.Check(NativeMethods.rt_tensor_is_leaf(Handle, out int answer));
                GC.KeepAlive(this);
                return answer != 0;
            }
        }

        /// <summary>The gradient that backward left, as a new object at each reading; null when there is none.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.rt_tensor_grad(Handle, out nint gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                NativeMethods.Check(NativeMethods.rt_tensor_grad_set(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.rt_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Aten.detach.Unary(this);

        public Tensor detach_() => Aten.detach_.UnaryInPlace(this);

        /// <summary>Makes this tensor hold another's data, keeping its place in the graph's leaves.</summary>
        internal void SetData(Tensor source)
        {
            NativeMethods.Check(NativeMethods.rt_tensor_data_set(Handle, source.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(source);
        }
    }
}
