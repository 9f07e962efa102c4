using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(dtype, null, non_blocking);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(dtype, device, non_blocking);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(null, new Device(deviceType, deviceIndex), non_blocking);

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            // Parameters and buffers stay the objects they are and take on new data, as in Python, so an optimiser made
            // before a move goes on working. (TorchSharp puts new objects in their places.)
            private Module Move(ScalarType? dtype, Device? device, bool nonBlocking)
            {
                if (dtype is { } wanted && !wanted.IsFloatingPoint() && !wanted.IsComplex())
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, not {wanted}", nameof(dtype));
                foreach ((_, Module child) in named_children())
                {
                    _ = (dtype, device) switch
                    {
                        ({ } d, null) => child._to(d, nonBlocking),
                        (null, { } v) => child._to(v.type, v.index, nonBlocking),
                        _ => child._to(device!, dtype!.Value, nonBlocking),
                    };
                }

                using (no_grad())
                {
                    foreach (Parameter parameter in _parameters.Values)
                    {
                        using Tensor? grad = parameter.grad;
                        Replace(parameter, dtype, device, nonBlocking);
                        if (grad is null)
                            continue;
                        Replace(grad, dtype, device, nonBlocking);
                        parameter.grad = grad;
                    }

                    foreach ((Tensor buffer, _) in _buffers.Values)
                        Replace(buffer, dtype, device, nonBlocking);
                }

                return this;
            }

            private static void Replace(Tensor tensor, ScalarType? dtype, Device? device, bool nonBlocking)
            {
                bool convertible = tensor.dtype.IsFloatingPoint() || tensor.dtype.IsComplex();
                ScalarType type = convertible ? dtype ?? tensor.dtype : tensor.dtype;
                Device place = device ?? tensor.device;
                if (type == tensor.dtype && place == tensor.device)
                    return;
                using Tensor moved = tensor.to(type, place, non_blocking: nonBlocking);
                tensor.SetData(moved);
            }
        }
    }
}
