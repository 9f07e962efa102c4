using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class GroupNorm : WeightedLayer
    {
        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            this.num_groups = num_groups;
            this.num_channels = num_channels;
            this.eps = eps;
            this.affine = affine;
            if (affine)
            {
                weight = nn.Parameter(ones(num_channels, dtype: dtype, device: device));
                bias = nn.Parameter(zeros(num_channels, dtype: dtype, device: device));
            }
        }

        public long num_groups { get; }

        public long num_channels { get; }

        public double eps { get; set; }

        public bool affine { get; }

        public override Tensor forward(Tensor tensor) =>
            nn.functional.group_norm(tensor, num_groups, affine ? weight : null, bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
