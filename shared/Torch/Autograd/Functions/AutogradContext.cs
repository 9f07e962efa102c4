namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function keeps from its forward for its backward. Valid inside the two.</summary>
        public sealed unsafe class AutogradContext
        {
            private readonly Dictionary<string, object> _data = [];
            private nint _context;

            public bool MaterializeGrads { get; private set; } = true;

            private nint Context => _context != 0
                ? _context
                : throw new InvalidOperationException("The context of a function is used outside its forward and backward.");

            public void save_for_backward(List<Tensor> tensors) => Give(tensors, Saving);

            public List<Tensor> get_saved_variables()
            {
                NativeMethods.Check(NativeMethods.rt_function_saved(Context, out nint* handles, out int count));
                var saved = new List<Tensor>(count);
                for (int i = 0; i < count; i++)
                    saved.Add(new Tensor(handles[i]));
                return saved;
            }

            public void save_data(string key, object value) => _data[key] = value is Tensor
                ? throw new ArgumentException("Tensors are kept with save_for_backward.", nameof(value))
                : value;

            public object? get_data(string key) => _data.GetValueOrDefault(key);

            public void mark_dirty(List<Tensor> tensors) => Give(tensors, Dirtying);

            public void mark_non_differentiable(List<Tensor> tensors) => Give(tensors, Excluding);

            public void set_materialize_grads(bool value)
            {
                NativeMethods.Check(NativeMethods.rt_function_materialize_grads(Context, value ? 1 : 0));
                MaterializeGrads = value;
            }

            /// <summary>Makes the context valid; returns what to go back to, as a call may happen inside another.</summary>
            internal nint Enter(nint context)
            {
                nint previous = _context;
                _context = context;
                return previous;
            }

            private static int Saving(nint context, nint* handles, int count) => NativeMethods.rt_function_save(context, handles, count);

            private static int Dirtying(nint context, nint* handles, int count) => NativeMethods.rt_function_mark_dirty(context, handles, count);

            private static int Excluding(nint context, nint* handles, int count) =>
                NativeMethods.rt_function_mark_non_differentiable(context, handles, count);

            private void Give(List<Tensor> tensors, Receiver receive)
            {
                nint[] handles = [.. tensors.Select(tensor => tensor is null || tensor.IsInvalid ? 0 : tensor.Handle)];
                fixed (nint* start = handles)
                    NativeMethods.Check(receive(Context, start, handles.Length));
                GC.KeepAlive(tensors);
            }

            private delegate int Receiver(nint context, nint* handles, int count);
        }
    }
}
