namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initialisers, which fill a tensor in place. Equal seeds give PyTorch's numbers on the CPU.</summary>
        public static partial class init
        {
            private static readonly Operator s_uniform = new("uniform_"), s_normal = new("normal_");
            private static readonly Operator s_fill = new("fill_", "Scalar"), s_copy = new("copy_");

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var grad = no_grad();
                return s_fill.CallInPlace(tensor, val);
            }

            /// <summary>The identity matrix, cropped or padded with zeros.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                using var grad = no_grad();
                using Tensor identity = eye(tensor.shape[0], tensor.shape[1], dtype: tensor.dtype, device: tensor.device);
                return s_copy.CallInPlace(tensor, identity);
            }

            /// <summary>Uniform on [low, high). TorchSharp ignores the generator; here it is used.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var grad = no_grad();
                return s_uniform.CallInPlace(tensor, low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var grad = no_grad();
                return s_normal.CallInPlace(tensor, mean, std, generator);
            }

            /// <summary>Normal, kept within [a, b] by inverting the distribution function.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var grad = no_grad();
                double lower = NormalDistribution((a - mean) / std), upper = NormalDistribution((b - mean) / std);
                s_uniform.CallInPlace(tensor, (2 * lower) - 1, (2 * upper) - 1, generator);
                tensor.erfinv_();
                tensor.mul_(std * Math.Sqrt(2)).add_(mean);
                return tensor.clamp_(a, b);
            }

            /// <summary>Random orthonormal rows or columns, whichever are fewer, of the tensor seen as a matrix; times the gain.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.Dimensions < 2)
                    throw new ArgumentException("orthogonal_ needs at least 2 dimensions", nameof(tensor));
                using var grad = no_grad();
                using var scope = NewDisposeScope();
                long rows = tensor.shape[0], columns = tensor.numel() / rows;
                Tensor flat = normal_(empty(rows, columns, dtype: tensor.dtype, device: tensor.device));
                if (rows < columns)
                    flat = flat.t();
                (Tensor q, Tensor r) = linalg.qr(flat);
                q = q * r.diagonal().sign();
                if (rows < columns)
                    q = q.t();
                s_copy.CallInPlace(tensor, q.reshape(tensor.shape) * gain);
                return tensor;
            }

            // The standard normal distribution function by the complementary error function, through libtorch as PyTorch
            // goes through the C library; both round correctly to a few units in the last place.
            private static double NormalDistribution(double x)
            {
                using Tensor value = torch.tensor(x / Math.Sqrt(2), dtype: ScalarType.Float64);
                using Tensor error = value.erf();
                return (1 + error.item<double>()) / 2;
            }
        }
    }
}
